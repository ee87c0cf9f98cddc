import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';

import type { Signer } from '@hyperledger/fabric-gateway';
import * as z from 'zod';

import type { Caller } from '../auth/caller.js';
import { gatewayError, messageOf } from '../errors.js';
import type { Keystore, KeyPair } from '../keystore/keystore.js';
import { lowSSigner } from '../keystore/signer.js';
import type { Organization } from '../profile.js';
import type { CertificateAuthority } from './ca-client.js';

/** A Fabric identity that this gateway can sign with. `name` is unique within the gateway. */
export interface ActingIdentity {
  readonly name: string;
  readonly mspId: string;
  readonly cert: string;
  readonly sign: Signer;
}

/** The party identity's name: `<party>.<role>`, as registered at the CA. */
export type PartyInRole = Required<Pick<Caller, 'party' | 'role'>>;

const registrarFile = z.object({ id: z.string().min(1), secret: z.string().min(1) });

/**
 * Every identity the gateway acts with: the organisation's admin from the profile, and for each party and role a
 * certificate of its own, made when it first acts: key here, request to the organisation's CA, attributes
 * `passage.party`, `passage.role` and `passage.keyHeldBy=gateway` in the certificate.
 */
export class Identities {
  readonly #organization: Organization;
  readonly #ca: CertificateAuthority;
  readonly #keystore: Keystore;
  readonly #known = new Map<string, Promise<ActingIdentity>>();
  #registrar: Promise<KeyPair> | undefined;

  constructor(organization: Organization, ca: CertificateAuthority, keystore: Keystore) {
    this.#organization = organization;
    this.#ca = ca;
    this.#keystore = keystore;
  }

  /** The organisation's administrator, whose key lies where the profile says. */
  admin(): ActingIdentity {
    const { cert, key } = this.#organization.admin;
    return this.#identity('admin', { cert: readPem(cert), key: readPem(key) });
  }

  /** The party's own identity in a role; enrolled once, then taken from the keystore. */
  async party(who: PartyInRole): Promise<ActingIdentity> {
    const name = enrolmentId(who);
    const known = this.#known.get(name);
    if (known) return known;
    const made = this.#findOrEnrol(name, who);
    this.#known.set(name, made);
    made.catch(() => this.#known.delete(name));
    return made;
  }

  async #findOrEnrol(name: string, who: PartyInRole): Promise<ActingIdentity> {
    const stored = this.#keystore.find(name);
    if (stored) return this.#identity(name, stored);
    const attributes = [
      { name: 'passage.party', value: who.party },
      { name: 'passage.role', value: who.role },
      { name: 'passage.keyHeldBy', value: 'gateway' },
    ];
    // The secret is ours and is kept first: after a crash between the CA's two calls, the same secret enrols.
    const secret =
      this.#keystore.findSecret(name, 'enrolment-secret') ?? randomBytes(24).toString('base64url');
    this.#keystore.saveSecret(name, 'enrolment-secret', secret);
    await this.#ca.register(await this.#registrarPair(), name, secret, attributes);
    const { key, csr } = await certificateRequest(name);
    const pair = { key, cert: await this.#ca.enroll(name, secret, csr) };
    this.#keystore.save(name, pair);
    return this.#identity(name, pair);
  }

  /** The registrar enrols once per start: its certificate is needed for nothing else. */
  #registrarPair(): Promise<KeyPair> {
    this.#registrar ??= this.#enrolRegistrar().catch((error: unknown) => {
      this.#registrar = undefined;
      throw error;
    });
    return this.#registrar;
  }

  async #enrolRegistrar(): Promise<KeyPair> {
    const path = this.#organization.ca.registrar;
    let registrar: z.infer<typeof registrarFile>;
    try {
      registrar = registrarFile.parse(JSON.parse(readFileSync(path, 'utf8')));
    } catch (error) {
      throw gatewayError(
        'ENROLMENT_FAILED',
        `the registrar's file ${path} cannot be used: ${messageOf(error)}`,
        {
          next: 'It must be {"id": …, "secret": …} of an identity that may register others at the CA.',
        },
      );
    }
    const { key, csr } = await certificateRequest(registrar.id);
    return { key, cert: await this.#ca.enroll(registrar.id, registrar.secret, csr) };
  }

  #identity(name: string, { cert, key }: KeyPair): ActingIdentity {
    try {
      return { name, mspId: this.#organization.mspId, cert, sign: lowSSigner(key) };
    } catch (error) {
      throw gatewayError('ENROLMENT_FAILED', `the key of ${name} cannot be used: ${messageOf(error)}`, {
        next: 'Restore the key from a copy; or move its folder out of the keystore, and a new one is made.',
        retryable: true,
        cause: error,
      });
    }
  }
}

/** Loaded when it is needed: a gateway whose parties are all enrolled never needs the X.509 library. */
async function certificateRequest(name: string): Promise<{ key: string; csr: string }> {
  const { newCertificateRequest } = await import('./certificate-request.js');
  return newCertificateRequest(name);
}

/** A certificate's common name has at most 64 characters (RFC 5280, ub-common-name); a longer id is hashed. */
export function enrolmentId({ party, role }: PartyInRole): string {
  const name = `${party}.${role}`;
  return name.length <= 64
    ? name
    : `${createHash('sha256').update(party).digest('hex').slice(0, 40)}.${role}`;
}

function readPem(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw gatewayError('ENROLMENT_FAILED', `the admin's file ${path} cannot be read: ${messageOf(error)}`, {
      next: 'Check the organisation\'s "admin" entry in profile.json.',
    });
  }
}
