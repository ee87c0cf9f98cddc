import { randomBytes, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

import type { OrganizationNames } from '../organizations.js';
import type { OrganizationPaths } from '../paths.js';
import type { Authority } from '../pki/certificates.js';
import { needsRoom } from '../storage-error.js';
import { authorizationFailure, CaCode, CaError } from './ca-error.js';
import { basicCaller, tokenCaller, type AuthorizedRequest } from './caller.js';
import { IdentityRegistry, type IdentityAttribute, type RegisteredIdentity } from './identity-registry.js';
import { parseEnrollment, parseRegistration, type EnrollmentRequest } from './request-body.js';

/** The one CA name of each organisation's server; the empty name means the same. */
export const CA_NAME = 'ca';

/** What the registrar may do, as fabric-ca names it. */
const REGISTRAR_ATTRIBUTES: readonly IdentityAttribute[] = [
  { name: 'hf.Registrar.Roles', value: '*', ecert: false },
  { name: 'hf.Registrar.Attributes', value: '*', ecert: false },
];

/** One organisation's identity CA: the rules behind its REST interface. */
export class CertificateAuthority {
  readonly #names: OrganizationNames;
  readonly #paths: OrganizationPaths;
  readonly #registry: IdentityRegistry;
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
    this.#registerFounders();
  }

  /** What a client needs to know of the CA (CA:lib/servercainfo.go). */
  info(): Record<string, string> {
    return { CAName: CA_NAME, CAChain: base64(this.#rootPem), Version: 'passage-embedded' };
  }

  /** Registers an identity for its registrar and returns the secret to enrol with. */
  async register(request: AuthorizedRequest): Promise<{ secret: string }> {
    const caller = tokenCaller(request, this.#registry, this.#root, this.#now());
    const { id, type, affiliation, attributes, caName, ...registration } = parseRegistration(request.body);
    requireName(caName);
    if (!isRegistrar(caller)) throw authorizationFailure();
    if (this.#registry.get(id) !== undefined) {
      throw new CaError(403, CaCode.ALREADY_REGISTERED, `Identity '${id}' is already registered`);
    }
    const secret = registration.secret ?? randomBytes(18).toString('base64url');
    await needsRoom(this.#paths.caIdentities, () => {
      this.#registry.add({ id, type, affiliation, attributes }, secret);
    });
    return { secret };
  }

  /** Issues a certificate to an identity that shows its secret. As often as it asks, each time for the key it asks with. */
  async enroll(request: AuthorizedRequest): Promise<Record<string, unknown>> {
    const caller = basicCaller(request, this.#registry);
    const enrollment = parseEnrollment(request.body);
    requireName(enrollment.caName);
    const certificate = await this.#issue(caller, enrollment);
    if (certificate === undefined) {
      throw new CaError(
        400,
        CaCode.BAD_CSR,
        'certificate_request must be a PKCS#10 request signed by its own P-256 key',
      );
    }
    return { Cert: base64(certificate), ServerInfo: this.info() };
  }

  close(): void {
    this.#registry.close();
  }

  async #issue(caller: RegisteredIdentity, enrollment: EnrollmentRequest): Promise<string | undefined> {
    // Loaded late: the X.509 library takes a third of a second, and a network may live without an enrolment.
    const [{ loadAuthority }, { enroll }, { identityPurpose, organizationTitle }] = await Promise.all([
      import('../pki/certificates.js'),
      import('../pki/enroll.js'),
      import('../pki/organization-files.js'),
    ]);
    this.#authority ??= loadAuthority(this.#rootPem, readFileSync(this.#paths.caKey, 'utf8'));
    const authority = await this.#authority;
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
    if (this.#registry.get('admin') !== undefined) return;
    const { id, secret } = JSON.parse(readFileSync(this.#paths.registrar, 'utf8')) as {
      id: string;
      secret: string;
    };
    if (this.#registry.get(id) === undefined) {
      this.#registry.add({ id, type: 'client', affiliation: '', attributes: REGISTRAR_ATTRIBUTES }, secret);
    }
    // Nobody is told the admin's secret: its certificate lies on disk already.
    const unknown = randomBytes(32).toString('hex');
    this.#registry.add(
      { id: 'admin', type: 'admin', affiliation: '', attributes: REGISTRAR_ATTRIBUTES },
      unknown,
    );
  }
}

function isRegistrar(identity: RegisteredIdentity): boolean {
  return identity.attributes.some(({ name, value }) => name === 'hf.Registrar.Roles' && value !== '');
}

function requireName(name: string): void {
  if (name === '' || name === CA_NAME) return;
  throw new CaError(404, CaCode.CA_NOT_FOUND, `CA '${name}' does not exist`);
}

/** The attributes asked for, or those registered with `ecert` when nothing was asked. */
function certificateAttributes(
  identity: RegisteredIdentity,
  enrollment: EnrollmentRequest,
): Readonly<Record<string, string>> {
  const { attributes } = enrollment;
  if (attributes === undefined) {
    return Object.fromEntries(identity.attributes.flatMap((a) => (a.ecert ? [[a.name, a.value]] : [])));
  }
  const wanted = attributes.flatMap(({ name, optional }) => {
    const found = identity.attributes.find((attribute) => attribute.name === name);
    if (found === undefined && !optional && !name.startsWith('hf.')) {
      throw new CaError(400, CaCode.UNKNOWN, `The identity does not have attribute '${name}'`);
    }
    return found === undefined ? [] : [[found.name, found.value]];
  });
  return Object.fromEntries(wanted) as Readonly<Record<string, string>>;
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
