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
  /** How often its secret may be used; -1 is as often as wanted. */
  readonly maxEnrollments: number;
}

interface StoredIdentity extends RegisteredIdentity {
  /** How often a secret of it was used. */
  readonly enrollments: number;
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
    this.#file = new LineFile(path, (identity) => {
      // Identities of an earlier version have no counts.
      this.#identities.set(identity.id, { ...NO_COUNTS, ...identity });
    });
  }

  get(id: string): RegisteredIdentity | undefined {
    return this.#identities.get(id);
  }

  /** Adds an identity and returns once it is on disk; if that fails, the file is as it was. The id must be new. */
  add(identity: RegisteredIdentity, secret: string): void {
    const salt = randomBytes(16).toString('hex');
    const secretHash = hashSecret(salt, secret).toString('hex');
    this.#put({ ...identity, enrollments: 0, salt, secretHash });
  }

  /** Gives an identity another secret, or another bound for its uses; undefined leaves what is. */
  change(id: string, change: { readonly secret?: string; readonly maxEnrollments?: number }): void {
    const identity = this.#identities.get(id);
    if (identity === undefined) return;
    const { secret, maxEnrollments = identity.maxEnrollments } = change;
    const secretHash =
      secret === undefined ? identity.secretHash : hashSecret(identity.salt, secret).toString('hex');
    this.#put({ ...identity, maxEnrollments, secretHash });
  }

  all(): RegisteredIdentity[] {
    return [...this.#identities.values()];
  }

  /** The identity if the secret is its own and may be used still. */
  authenticate(id: string, secret: string): RegisteredIdentity | undefined {
    const identity = this.#identities.get(id);
    if (identity === undefined) return undefined;
    const given = hashSecret(identity.salt, secret);
    if (!timingSafeEqual(given, Buffer.from(identity.secretHash, 'hex'))) return undefined;
    const { maxEnrollments, enrollments } = identity;
    return maxEnrollments === -1 || enrollments < maxEnrollments ? identity : undefined;
  }

  /** Counts one use of the secret, where uses are bounded. */
  countEnrollment(id: string): void {
    const identity = this.#identities.get(id);
    if (identity === undefined || identity.maxEnrollments === -1) return;
    this.#put({ ...identity, enrollments: identity.enrollments + 1 });
  }

  close(): void {
    this.#file.close();
  }

  /** The last line of an id counts. */
  #put(identity: StoredIdentity): void {
    this.#file.append(identity);
    this.#identities.set(identity.id, identity);
  }
}

const NO_COUNTS = { maxEnrollments: -1, enrollments: 0 };

function hashSecret(salt: string, secret: string): Buffer {
  return createHash('sha256').update(salt).update(secret).digest();
}
