import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';

import type { Signer } from '@hyperledger/fabric-gateway';
import { certificateRequest, EnrolmentError, newKeyPem, pemKey, standingOf } from '@passage/enrolment';
import type {
  CaClient,
  CertificateHolder,
  IdentityAttribute,
  KeyPair,
  Keystore,
  Organization,
} from '@passage/enrolment';
import * as z from 'zod';

import type { Caller } from '../auth/caller.js';
import { gatewayError, messageOf } from '../errors.js';
import { lowSSigner } from '../keystore/signer.js';

/** A Fabric identity that this gateway can sign with. `name` is unique within the gateway. */
export interface ActingIdentity {
  readonly name: string;
  readonly mspId: string;
  readonly cert: string;
  readonly sign: Signer;
}

/** The part of a CA that a gateway needs. */
export type CertificateAuthority = Pick<CaClient, 'register' | 'enroll'>;

/** The party identity's name: `<party>.<role>`, as registered at the CA. */
export type PartyInRole = Required<Pick<Caller, 'party' | 'role'>>;

const registrarFile = z.object({ id: z.string().min(1), secret: z.string().min(1) });

/** How long a renewal that failed is left alone, in milliseconds. */
const RENEWAL_PAUSE_MS = 600_000;

/** A party's identity in memory, and until when it is used without a look at its certificate. */
interface KnownIdentity {
  readonly identity: Promise<ActingIdentity>;
  goodUntil: number;
}

/**
 * Every identity the gateway acts with: the organisation's admin from the profile, and for each party and role a
 * certificate of its own, made when it first acts: key here, request to the organisation's CA, attributes
 * `passage.party`, `passage.role` and `passage.keyHeldBy=gateway` in the certificate. A party's certificate that is due is
 * renewed when the party acts, with a new key and by the secret that the keystore holds, which also serves when it has ended.
 */
export class Identities {
  readonly #organization: Organization;
  readonly #ca: CertificateAuthority;
  readonly #keystore: Keystore;
  readonly #now: () => Date;
  readonly #known = new Map<string, KnownIdentity>();
  readonly #unrenewed = new Map<string, string>();
  #registrar: Promise<CertificateHolder> | undefined;
  #admin: { readonly key: string; readonly identity: ActingIdentity } | undefined;

  constructor(
    organization: Organization,
    ca: CertificateAuthority,
    keystore: Keystore,
    now = () => new Date(),
  ) {
    this.#now = now;
    this.#organization = organization;
    this.#ca = ca;
    this.#keystore = keystore;
  }

  /** The organisation's administrator, whose key lies where the profile says; what lies there is read every time. */
  admin(): ActingIdentity {
    const { admin } = this.#organization;
    const [cert, key] = [readPem(admin.cert), readPem(admin.key)];
    if (this.#admin?.key !== key || this.#admin.identity.cert !== cert)
      this.#admin = { key, identity: this.#identity('admin', { cert, key }) };
    return this.#admin.identity;
  }

  /** Certificates that should have been renewed and were not, in words. */
  get unrenewed(): readonly string[] {
    return [...this.#unrenewed.values()];
  }

  /** The party's own identity in a role; enrolled once, then taken from the keystore, and renewed when that is due. */
  async party(who: PartyInRole): Promise<ActingIdentity> {
    const name = enrolmentId(who);
    const known = this.#known.get(name);
    if (known && this.#now().getTime() < known.goodUntil) return known.identity;
    const entry: KnownIdentity = { identity: this.#obtain(name, who), goodUntil: Infinity };
    this.#known.set(name, entry);
    try {
      const identity = await entry.identity;
      const pause = this.#unrenewed.has(name) ? this.#now().getTime() + RENEWAL_PAUSE_MS : 0;
      entry.goodUntil = Math.max(standingOf(identity.cert, this.#now()).renewFrom.getTime(), pause);
      return identity;
    } catch (error) {
      this.#known.delete(name);
      throw error;
    }
  }

  async #obtain(name: string, who: PartyInRole): Promise<ActingIdentity> {
    const stored = this.#keystore.find(name);
    if (stored === undefined) return this.#enrolAnew(name, who);
    const { state, notAfter } = standingOf(stored.cert, this.#now());
    if (state === 'good') return this.#identity(name, stored);
    try {
      const renewed = await this.#enrolAnew(name, who);
      this.#unrenewed.delete(name);
      return renewed;
    } catch (error) {
      if (state === 'ended') throw error;
      const end = notAfter.toISOString().slice(0, 10);
      this.#unrenewed.set(
        name,
        `the certificate of ${name} ends on ${end} and was not renewed: ${messageOf(error)}`,
      );
      return this.#identity(name, stored);
    }
  }

  /** Registers and enrols with a new key; for an identity that the CA knows, the secret of the keystore is enough. */
  async #enrolAnew(name: string, who: PartyInRole): Promise<ActingIdentity> {
    const attributes = [
      { name: 'passage.party', value: who.party, ecert: true },
      { name: 'passage.role', value: who.role, ecert: true },
      { name: 'passage.keyHeldBy', value: 'gateway', ecert: true },
    ];
    // The secret is ours and is kept first: after a crash between the CA's two calls, the same secret enrols.
    const secret = this.#keystore.findSecret(name) ?? randomBytes(24).toString('base64url');
    this.#keystore.saveSecret(name, secret);
    await this.#register(name, secret, attributes);
    const pair = await this.#enroll(name, secret);
    this.#keystore.save(name, pair);
    return this.#identity(name, pair);
  }

  /** Registers a party's identity; that the CA knows it already is fine. */
  async #register(id: string, secret: string, attributes: readonly IdentityAttribute[]): Promise<void> {
    const registrar = await this.#registrarHolder();
    try {
      await this.#ca.register(registrar, { id, type: 'client', secret, attributes, maxEnrollments: -1 });
    } catch (error) {
      if (!(error instanceof EnrolmentError && error.code === 'ID_TAKEN')) throw enrolmentFailed(error);
    }
  }

  /** A new key, and the certificate that the CA gives for it. */
  async #enroll(id: string, secret: string): Promise<KeyPair> {
    const key = newKeyPem();
    const csr = await certificateRequest(pemKey(key, id), { commonName: id });
    try {
      const { cert } = await this.#ca.enroll(id, secret, csr);
      return { key, cert };
    } catch (error) {
      throw enrolmentFailed(error);
    }
  }

  /** The registrar enrols once per start: its certificate is needed for nothing else. */
  #registrarHolder(): Promise<CertificateHolder> {
    this.#registrar ??= this.#enrolRegistrar().catch((error: unknown) => {
      this.#registrar = undefined;
      throw error;
    });
    return this.#registrar;
  }

  async #enrolRegistrar(): Promise<CertificateHolder> {
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
    const { key, cert } = await this.#enroll(registrar.id, registrar.secret);
    return { cert, sign: lowSSigner(key) };
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

/** What to do where the CA does not take the keystore's secret: the keystore was lost, or the identity revoked. */
const RESET =
  'If this gateway lost its keystore, run `passage enroll reset --keystore <folder>`; if the party was revoked, it stays so.';

function enrolmentFailed(error: unknown): Error {
  if (!(error instanceof EnrolmentError)) return error instanceof Error ? error : new Error(String(error));
  const isSecret = error.code === 'SECRET_REFUSED';
  return gatewayError('ENROLMENT_FAILED', error.sentence, {
    retryable: !isSecret,
    cause: error,
    ...(isSecret && { next: RESET }),
  });
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
