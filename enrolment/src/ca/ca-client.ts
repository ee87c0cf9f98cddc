import type * as z from 'zod';

import { EnrolmentError, messageOf } from '../errors.js';
import * as answers from './answers.js';
import { send } from './https-json.js';
import type { HttpsRequest } from './https-json.js';
import { holderToken, secretHeader } from './token.js';
import type { CertificateHolder } from './token.js';

/** Where a CA is, and whom its server's TLS certificate is believed from. */
export interface CaServer {
  readonly url: string;
  /** Which CA of the server: `ca` certifies who somebody is, on Fabric `tlsca` certifies TLS endpoints. */
  readonly name: string;
  /** PEM file. */
  readonly tlsRootFile: string;
}

/** fabric-ca's node types; the certificate's OU has the same name. */
export type IdentityType = 'client' | 'peer' | 'orderer' | 'admin';

/** A name and a value that the CA knows of an identity. */
export interface IdentityAttribute {
  readonly name: string;
  readonly value: string;
  /** Whether the CA writes it into certificates. */
  readonly ecert: boolean;
}

export interface Registration {
  readonly id: string;
  readonly type: IdentityType;
  readonly attributes?: readonly IdentityAttribute[];
  /** Chosen by the registrar; without it the CA makes one. */
  readonly secret?: string;
  /** How often the secret may be used; -1 is as often as wanted. */
  readonly maxEnrollments: number;
}

/** What the CA knows of a registered identity. */
export interface KnownIdentity {
  readonly id: string;
  readonly type: string;
  readonly maxEnrollments: number;
  readonly attributes: ReadonlyMap<string, string>;
}

/** One certificate as the CA names it: serial number and the CA's key id, hex without leading zeros. */
export interface CertificateName {
  readonly serial: string;
  readonly aki: string;
}

/** fabric-ca's spelling of the reasons of RFC 5280, 5.3.1, that a person would give. */
export type RevocationReason =
  | 'unspecified'
  | 'keycompromise'
  | 'affiliationchanged'
  | 'superseded'
  | 'cessationofoperation'
  | 'privilegewithdrawn';

/** A certificate and what it chains to, PEM. */
export interface IssuedCertificate {
  readonly cert: string;
  readonly chain: string;
}

type Asker = { readonly holder: CertificateHolder } | { readonly id: string; readonly secret: string };

/**
 * One CA's REST interface: fabric-ca-server's, or the embedded network's, which speaks the same.
 * Every method throws EnrolmentError: CA_UNREACHABLE, or the CA's refusal.
 */
export class CaClient {
  readonly server: CaServer;

  constructor(server: CaServer) {
    this.server = server;
  }

  /** Registers an identity, whose secret is returned. ID_TAKEN where the id is known. */
  async register(registrar: CertificateHolder, registration: Registration): Promise<string> {
    const { id, type, attributes = [], secret = '', maxEnrollments } = registration;
    const body = { id, type, secret, affiliation: '', max_enrollments: maxEnrollments, attrs: attributes };
    const asked = { path: 'register', body, asker: { holder: registrar }, who: id };
    return (await this.#post(asked, answers.registered)).secret;
  }

  /**
   * Exchanges a certificate request (PEM) for a certificate, by the secret. `hosts` are the names in a TLS certificate, and
   * make it one.
   */
  async enroll(
    id: string,
    secret: string,
    csr: string,
    hosts?: readonly string[],
  ): Promise<IssuedCertificate> {
    const body = { certificate_request: csr, ...(hosts && { profile: 'tls', hosts }) };
    const asked = { path: 'enroll', body, asker: { id, secret }, who: id };
    return issued(await this.#post(asked, answers.enrolled));
  }

  /** The same by the certificate that is to be renewed, while it is in force. */
  async reenroll(holder: CertificateHolder, id: string, csr: string): Promise<IssuedCertificate> {
    const body = { certificate_request: csr };
    const asked = { path: 'reenroll', body, asker: { holder }, who: id };
    return issued(await this.#post(asked, answers.enrolled));
  }

  /** Revokes one certificate, and leaves its identity able to enrol anew. */
  async revokeCertificate(
    revoker: CertificateHolder,
    { serial, aki }: CertificateName,
    reason: RevocationReason,
  ): Promise<void> {
    const body = { serial, aki, reason };
    const who = `to revoke certificate ${serial}`;
    await this.#post({ path: 'revoke', body, asker: { holder: revoker }, who }, answers.revoked);
  }

  /** Revokes an identity with all its certificates, for good: it never gets another. Returns what was revoked. */
  async revokeIdentity(
    revoker: CertificateHolder,
    id: string,
    reason: RevocationReason,
  ): Promise<readonly CertificateName[]> {
    const asked = {
      path: 'revoke',
      body: { id, reason },
      asker: { holder: revoker },
      who: `to revoke ${id}`,
    };
    const { RevokedCerts } = await this.#post(asked, answers.revoked);
    return (RevokedCerts ?? []).map(({ Serial, AKI }) => ({ serial: Serial, aki: AKI }));
  }

  /** The list of everything revoked that has not ended by itself (PEM), for the channel's configuration. */
  async revocationList(asker: CertificateHolder): Promise<string> {
    const asked = { path: 'gencrl', body: {}, asker: { holder: asker }, who: 'the revocation list' };
    return (await this.#post(asked, answers.revocationList)).CRL;
  }

  /** Certificates (PEM) of an identity that are neither revoked nor ended. */
  async certificatesInForce(asker: CertificateHolder, id: string): Promise<readonly string[]> {
    const query = { id, notrevoked: 'true', notexpired: 'true' };
    const { certs } = await this.#get(asker, 'certificates', query, answers.certificates);
    return (certs ?? []).map(({ PEM }) => PEM);
  }

  async identity(registrar: CertificateHolder, id: string): Promise<KnownIdentity> {
    return known(await this.#get(registrar, `identities/${encodeURIComponent(id)}`, {}, answers.identity));
  }

  /** Every identity that the registrar may see. */
  async identities(registrar: CertificateHolder): Promise<readonly KnownIdentity[]> {
    const { identities } = await this.#get(registrar, 'identities', {}, answers.identities);
    return (identities ?? []).map(known);
  }

  /** Gives an identity another secret. */
  async changeSecret(
    registrar: CertificateHolder,
    id: string,
    change: { readonly secret: string; readonly maxEnrollments: number },
  ): Promise<void> {
    const path = `identities/${encodeURIComponent(id)}`;
    const body = { secret: change.secret, max_enrollments: change.maxEnrollments };
    const asked = { path, body, asker: { holder: registrar }, who: id, method: 'PUT' as const };
    await this.#post(asked, answers.identity);
  }

  async #post<T>(
    asked: { path: string; body: object; asker: Asker; who: string; method?: 'PUT' },
    result: z.ZodType<T>,
  ): Promise<T> {
    const { path, asker, who, method = 'POST' } = asked;
    const body = JSON.stringify({ ...asked.body, caname: this.server.name });
    return this.#call({ method, uri: `/api/v1/${path}`, body, asker, who }, result);
  }

  async #get<T>(
    holder: CertificateHolder,
    path: string,
    query: Readonly<Record<string, string>>,
    result: z.ZodType<T>,
  ): Promise<T> {
    const parameters = new URLSearchParams({ ...query, ca: this.server.name }).toString();
    const uri = `/api/v1/${path}?${parameters}`;
    return this.#call({ method: 'GET', uri, body: '', asker: { holder }, who: path }, result);
  }

  async #call<T>(
    asked: { method: HttpsRequest['method']; uri: string; body: string; asker: Asker; who: string },
    result: z.ZodType<T>,
  ): Promise<T> {
    const { method, uri, body, asker, who } = asked;
    const { url, tlsRootFile } = this.server;
    const authorization =
      'holder' in asker
        ? await holderToken(asker.holder, method, uri, body)
        : secretHeader(asker.id, asker.secret);
    let reply: answers.Answer;
    try {
      const text = await send({ method, url: new URL(uri, url), rootFile: tlsRootFile, authorization, body });
      reply = answers.answer.parse(JSON.parse(text));
    } catch (cause) {
      throw new EnrolmentError('CA_UNREACHABLE', `the CA at ${url} cannot be used: ${messageOf(cause)}`, {
        cause,
      });
    }
    const by = 'holder' in asker ? 'certificate' : 'secret';
    if (!reply.success) throw answers.refusalOf(reply, { who, url, by });
    const parsed = result.safeParse(reply.result);
    if (parsed.success) return parsed.data;
    throw new EnrolmentError('CA_UNREACHABLE', `what answers at ${url} is no CA: ${parsed.error.message}`);
  }
}

function issued({ Cert, ServerInfo }: z.infer<typeof answers.enrolled>): IssuedCertificate {
  return { cert: Cert, chain: ServerInfo.CAChain };
}

function known({ id, type, max_enrollments, attrs }: z.infer<typeof answers.identity>): KnownIdentity {
  const attributes = new Map((attrs ?? []).map(({ name, value }) => [name, value]));
  return { id, type, maxEnrollments: max_enrollments, attributes };
}
