import { randomBytes, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { readCertificatePem } from '@passage/ledger';

import type { OrganizationNames } from '../organizations.js';
import type { OrganizationPaths } from '../paths.js';
import type { Authority } from '../pki/certificates.js';
import { needsRoom } from '../storage-error.js';
import { certificateAttributes, isTrue, mayRegister, REGISTRAR_ATTRIBUTES } from './attributes.js';
import { authenticationFailure, authorizationFailure, CaCode, CaError } from './ca-error.js';
import { basicCaller, tokenCaller, type AuthorizedRequest } from './caller.js';
import { CA_NAME, requireName } from './ca-name.js';
import { CertificateLog, type IssuedCertificate } from './certificate-log.js';
import { IdentityDesk } from './identity-desk.js';
import { IdentityRegistry, type RegisteredIdentity } from './identity-registry.js';
import {
  parseEnrollment,
  parseGenCrl,
  parseRegistration,
  parseRevocation,
  plainHex,
  type EnrollmentRequest,
  type GenCrlRequest,
} from './request-body.js';

/** One organisation's identity CA: the rules behind its REST interface. */
export class CertificateAuthority {
  /** Where registrars look at identities and change them. */
  readonly desk: IdentityDesk;
  readonly #names: OrganizationNames;
  readonly #paths: OrganizationPaths;
  readonly #registry: IdentityRegistry;
  readonly #log: CertificateLog;
  readonly #rootPem: string;
  readonly #root: X509Certificate;
  readonly #now: () => Date;
  /** The key that signs certificates, once it has been needed. */
  #authority: Promise<Authority> | undefined;

  constructor(names: OrganizationNames, paths: OrganizationPaths, now: () => Date) {
    this.#names = names;
    this.#paths = paths;
    this.#now = now;
    this.#rootPem = readFileSync(paths.caCert, 'utf8');
    this.#root = new X509Certificate(this.#rootPem);
    this.#registry = new IdentityRegistry(paths.caIdentities);
    this.#log = new CertificateLog(paths.caCertificates);
    this.#registerFounders();
    this.desk = new IdentityDesk({
      registry: this.#registry,
      log: this.#log,
      caller: (request) => this.#tokenCaller(request),
      room: (work) => needsRoom(paths.caIdentities, work),
      now,
    });
  }

  /** What a client needs to know of the CA (CA:lib/servercainfo.go). */
  info(): Record<string, string> {
    return { CAName: CA_NAME, CAChain: base64(this.#rootPem), Version: 'passage-embedded' };
  }

  /** Registers an identity for its registrar and returns the secret to enrol with. */
  async register(request: AuthorizedRequest): Promise<{ secret: string }> {
    const caller = this.#tokenCaller(request);
    const { id, type, affiliation, attributes, maxEnrollments, caName, ...registration } = parseRegistration(
      request.body,
    );
    requireName(caName);
    if (!mayRegister(caller, { type, attributes })) throw authorizationFailure();
    if (this.#registry.get(id) !== undefined) {
      throw new CaError(403, CaCode.ALREADY_REGISTERED, `Identity '${id}' is already registered`);
    }
    const secret = registration.secret ?? randomBytes(18).toString('base64url');
    await needsRoom(this.#paths.caIdentities, () => {
      this.#registry.add({ id, type, affiliation, attributes, maxEnrollments }, secret);
    });
    return { secret };
  }

  /** Issues a certificate to an identity that shows its secret. As often as it asks, each time for the key it asks with. */
  async enroll(request: AuthorizedRequest): Promise<Record<string, unknown>> {
    const caller = basicCaller(request, this.#registry, this.#log);
    const answer = await this.#enroll(caller, request.body);
    await needsRoom(this.#paths.caIdentities, () => {
      this.#registry.countEnrollment(caller.id);
    });
    return answer;
  }

  /** The same for an identity that shows a certificate it has: renewal, before the old one ends. */
  async reenroll(request: AuthorizedRequest): Promise<Record<string, unknown>> {
    return this.#enroll(this.#tokenCaller(request), request.body);
  }

  /**
   * Revokes one certificate, by serial number and key id, or all of an identity, which then gets no other (CA:lib/
   * serverrevoke.go). Nothing changes for the channel until its configuration carries the list.
   */
  async revoke(request: AuthorizedRequest): Promise<Record<string, unknown>> {
    const caller = this.#tokenCaller(request);
    const { id, serial, aki, reason, genCrl, caName } = parseRevocation(request.body);
    requireName(caName);
    const certificates = serial !== '' && aki !== '' ? [this.#certificate(serial, aki, id)] : this.#all(id);
    const owner = certificates[0]?.id ?? id;
    if (owner !== caller.id && !isTrue(caller, 'hf.Revoker')) throw authorizationFailure();
    const revocation = { at: this.#now().getTime(), reason };
    await needsRoom(this.#paths.caCertificates, () => {
      if (serial === '') this.#log.disable(id);
      for (const certificate of certificates) this.#log.revoke(certificate.serial, revocation);
    });
    return {
      RevokedCerts: certificates.map((certificate) => ({ Serial: certificate.serial, AKI: this.#keyId() })),
      CRL: genCrl && certificates.length > 0 ? base64(await this.#list()) : '',
    };
  }

  /** The list of revoked certificates, for the channel's configuration (CA:lib/servergencrl.go). */
  async generateCrl(request: AuthorizedRequest): Promise<{ CRL: string }> {
    const caller = this.#tokenCaller(request);
    const { caName, ...bounds } = parseGenCrl(request.body);
    requireName(caName);
    if (!isTrue(caller, 'hf.GenCRL')) {
      const who = `The identity '${caller.id}' does not have authority to generate a CRL`;
      throw new CaError(403, CaCode.NO_GENCRL_AUTHORITY, who);
    }
    return { CRL: base64(await this.#list(bounds)) };
  }

  close(): void {
    this.#registry.close();
    this.#log.close();
  }

  #tokenCaller(request: AuthorizedRequest): RegisteredIdentity {
    return tokenCaller(request, this.#registry, this.#log, this.#root, this.#now());
  }

  async #enroll(caller: RegisteredIdentity, body: Buffer): Promise<Record<string, unknown>> {
    if (this.#log.isDisabled(caller.id)) throw authenticationFailure();
    const enrollment = parseEnrollment(body);
    requireName(enrollment.caName);
    const certificate = await this.#issue(caller, enrollment);
    if (certificate === undefined) {
      throw new CaError(
        400,
        CaCode.BAD_CSR,
        'certificate_request must be a PKCS#10 request signed by its own P-256 key',
      );
    }
    await needsRoom(this.#paths.caCertificates, () => {
      this.#note(caller.id, certificate);
    });
    return { Cert: base64(certificate), ServerInfo: this.info() };
  }

  #note(id: string, pem: string): void {
    const { serialNumber, validToDate } = new X509Certificate(pem);
    const serial = plainHex(serialNumber);
    if (this.#log.find(serial) !== undefined) return;
    this.#log.addIssued({ serial, id, notAfter: validToDate.getTime(), pem });
  }

  /** Key identifier of the CA, which every certificate it issues names. */
  #keyId(): string {
    const { subjectKeyIdentifier = [] } = readCertificatePem(Buffer.from(this.#rootPem));
    return plainHex(Buffer.from(subjectKeyIdentifier).toString('hex'));
  }

  #certificate(serial: string, aki: string, id: string): IssuedCertificate {
    const which = `Certificate with serial ${serial} and AKI ${aki}`;
    const found = aki === this.#keyId() ? this.#log.find(serial) : undefined;
    if (found === undefined) throw new CaError(404, CaCode.CERTIFICATE_NOT_FOUND, `${which} was not found`);
    if (this.#log.isRevoked(serial))
      throw new CaError(404, CaCode.ALREADY_REVOKED, `${which} was already revoked`);
    if (id !== '' && id !== found.id)
      throw new CaError(400, CaCode.WRONG_OWNER, `${which} is not owned by ${id}`);
    return found;
  }

  #all(id: string): IssuedCertificate[] {
    if (id === '') {
      const needed = 'Either Name or Serial and AKI are required for a revoke request';
      throw new CaError(400, CaCode.MISSING_REVOKE_ARGUMENTS, needed);
    }
    if (this.#registry.get(id) === undefined)
      throw new CaError(404, CaCode.IDENTITY_NOT_FOUND, `Identity ${id} was not found`);
    return this.#log.inForce(id);
  }

  async #list(bounds: Partial<GenCrlRequest> = {}): Promise<string> {
    const now = this.#now();
    const {
      expireAfter = now.getTime(),
      expireBefore = Infinity,
      revokedAfter = 0,
      revokedBefore = Infinity,
    } = bounds;
    const listed = this.#log
      .revoked()
      .filter(
        ({ at, notAfter }) =>
          at >= revokedAfter && at <= revokedBefore && notAfter >= expireAfter && notAfter <= expireBefore,
      );
    const { createRevocationList } = await import('./revocation-list.js');
    return createRevocationList(await this.#signer(), listed, now);
  }

  /** Loaded late: the X.509 library takes a third of a second, and a network may live without an enrolment. */
  async #signer(): Promise<Authority> {
    const { loadAuthority } = await import('../pki/certificates.js');
    this.#authority ??= loadAuthority(this.#rootPem, readFileSync(this.#paths.caKey, 'utf8'));
    return this.#authority;
  }

  async #issue(caller: RegisteredIdentity, enrollment: EnrollmentRequest): Promise<string | undefined> {
    const [{ enroll, requestedName }, { identityPurpose, organizationTitle }] = await Promise.all([
      import('../pki/enroll.js'),
      import('../pki/organization-files.js'),
    ]);
    const name = requestedName(enrollment.certificateRequest);
    if (name !== undefined && name !== caller.id) {
      const rule = 'The CSR subject common name must equal the enrollment ID';
      throw new CaError(403, CaCode.CN_IS_NOT_THE_ID, rule);
    }
    const authority = await this.#signer();
    const subject = {
      commonName: caller.id,
      unit: caller.type,
      organization: organizationTitle(this.#names.name),
    };
    const attributes = certificateAttributes(caller, enrollment);
    const purpose = identityPurpose(caller.id, caller.type, attributes);
    return enroll(authority, enrollment.certificateRequest, subject, purpose, this.#now());
  }

  /** The registrar, and the admin whose certificate was made with the CA: both may register others. */
  #registerFounders(): void {
    for (const name of ['admin', 'peer', 'orderer'] as const)
      this.#note(name, readFileSync(this.#paths.pair(name).cert, 'utf8'));
    if (this.#registry.get('admin') !== undefined) return;
    const { id, secret } = JSON.parse(readFileSync(this.#paths.registrar, 'utf8')) as {
      id: string;
      secret: string;
    };
    if (this.#registry.get(id) === undefined) {
      this.#registry.add(
        { id, type: 'client', affiliation: '', attributes: REGISTRAR_ATTRIBUTES, maxEnrollments: -1 },
        secret,
      );
    }
    // Nobody is told the admin's secret: its certificate lies on disk already.
    const unknown = randomBytes(32).toString('hex');
    this.#registry.add(
      { id: 'admin', type: 'admin', affiliation: '', attributes: REGISTRAR_ATTRIBUTES, maxEnrollments: -1 },
      unknown,
    );
  }
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
