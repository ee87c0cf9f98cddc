import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { LineFile } from './line-file.js';

/** Types of identity, which become the node OU of their certificates. */
export const IDENTITY_TYPES = ['client', 'peer', 'admin', 'orderer'] as const;
export type IdentityType = (typeof IDENTITY_TYPES)[number];

/** One attribute of an identity; with `ecert` it goes into certificates without being asked for. */
export interface IdentityAttribute {
  readonly name: string;
  readonly value: string;
  readonly ecert: boolean;
}

export interface RegisteredIdentity {
  readonly id: string;
  readonly type: IdentityType;
  readonly affiliation: string;
  readonly attributes: readonly IdentityAttribute[];
}

interface StoredIdentity extends RegisteredIdentity {
  readonly salt: string;
  /** SHA-256 over salt and secret, hex. */
  readonly secretHash: string;
}

/**
 * The identities of one CA, in memory and in a file of one JSON line each.
 *
 * Secrets are kept as salted SHA-256, not by a slow hash: those the CA makes are 144 random bits, and the CA's own key lies
 * beside this file anyway.
 */
export class IdentityRegistry {
  readonly #identities = new Map<string, StoredIdentity>();
  readonly #file: LineFile<StoredIdentity>;

  constructor(path: string) {
    this.#file = new LineFile(path, (identity) => this.#identities.set(identity.id, identity));
  }

  get(id: string): RegisteredIdentity | undefined {
    return this.#identities.get(id);
  }

  /** Adds an identity and returns once it is on disk; if that fails, the file is as it was. The id must be new. */
  add(identity: RegisteredIdentity, secret: string): void {
    const salt = randomBytes(16).toString('hex');
    const stored = { ...identity, salt, secretHash: hashSecret(salt, secret).toString('hex') };
    this.#file.append(stored);
    this.#identities.set(identity.id, stored);
  }

  /** The identity if the secret is its own. */
  authenticate(id: string, secret: string): RegisteredIdentity | undefined {
    const identity = this.#identities.get(id);
    if (identity === undefined) return undefined;
    const given = hashSecret(identity.salt, secret);
    return timingSafeEqual(given, Buffer.from(identity.secretHash, 'hex')) ? identity : undefined;
  }

  close(): void {
    this.#file.close();
  }
}

function hashSecret(salt: string, secret: string): Buffer {
  return createHash('sha256').update(salt).update(secret).digest();
}
