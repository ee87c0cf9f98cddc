import { hash, verify } from 'node:crypto';
import { ChunkChecker } from './ecdsa/chunk-checker.js';
import { limbsOf, readSignature } from './ecdsa/encoding.js';
import { KeyTables } from './key-tables.js';
import type { KeyObject } from 'node:crypto';
import type { Check } from './ecdsa/chunk-checker.js';
import type { SignatureEncoding } from './ecdsa/encoding.js';
import type { TableLimits } from './key-tables.js';

/** A message, and what is said to be a signature over its SHA-256. */
export interface SignedMessage {
  readonly key: KeyObject;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

/** How far a verifier goes. */
export interface BatchVerifierOptions extends Partial<TableLimits> {
  /** Signatures that are left to OpenSSL before there are any tables. */
  readonly patience?: number;
  /** Signatures that there have to be in a batch. */
  readonly fewest?: number;
}

/** Tables take 295 kB each. */
const TABLES = 64;
/** A table takes as long as OpenSSL takes for some 25 signatures. */
const WORTH_A_TABLE = 32;
/** Starting takes as long as OpenSSL takes for some 300: a chain of a few blocks never starts. */
const PATIENCE = 300;
/** Signatures that have to share an inversion to save more than it costs. */
const FEWEST = 8;

/**
 * Checks signatures many at a time, each with the verdict of `crypto.verify('sha256', …)`: ECDSA on P-256 by keys that sign often in
 * a way of its own, which is quicker the more there are, and everything else by OpenSSL. It only says "good" by itself: what is
 * not, or is in any way unusual, is asked of OpenSSL, whose word stands.
 */
export class BatchVerifier {
  readonly #tables: KeyTables;
  readonly #limit: number;
  readonly #fewest: number;
  #patience: number;
  #started: ChunkChecker | undefined;

  constructor({
    tables = TABLES,
    worth = WORTH_A_TABLE,
    patience = PATIENCE,
    fewest = FEWEST,
  }: BatchVerifierOptions = {}) {
    this.#limit = tables;
    this.#patience = patience;
    this.#fewest = fewest;
    this.#tables = new KeyTables(() => this.#checker, { tables, worth });
  }

  /** Whether each of the signatures is good. */
  verify(signed: readonly SignedMessage[], encoding: SignatureEncoding = 'der'): boolean[] {
    const good = this.#good(signed, encoding);
    return signed.map(
      ({ key, message, signature }, index) => good.has(index) || verifyOne(key, message, signature, encoding),
    );
  }

  get #checker(): ChunkChecker {
    return (this.#started ??= new ChunkChecker(this.#limit));
  }

  /** Indexes of signatures that are certainly good. */
  #good(signed: readonly SignedMessage[], encoding: SignatureEncoding): Set<number> {
    const good = new Set<number>();
    if (this.#patience > 0) {
      this.#patience -= signed.length;
      return good;
    }
    const checks = this.#checksOf(signed, encoding);
    if (checks.length < this.#fewest) return good;
    for (let from = 0; from < checks.length; from += ChunkChecker.SIZE) {
      const chunk = checks.slice(from, from + ChunkChecker.SIZE);
      const areGood = this.#checker.areGood(chunk);
      for (const [i, { index }] of chunk.entries()) if (areGood[i] === true) good.add(index);
    }
    return good;
  }

  #checksOf(signed: readonly SignedMessage[], encoding: SignatureEncoding): Indexed[] {
    const tables = this.#tablesOf(signed);
    return signed.flatMap(({ key, message, signature }, index) => {
      const table = tables.get(key);
      const scalars = table === undefined ? undefined : readSignature(signature, encoding);
      if (table === undefined || scalars === undefined) return [];
      return { index, table, hash: limbsOf(hash('sha256', message, 'buffer')), ...scalars };
    });
  }

  #tablesOf(signed: readonly SignedMessage[]): ReadonlyMap<KeyObject, number> {
    const counts = new Map<KeyObject, number>();
    for (const { key } of signed) counts.set(key, (counts.get(key) ?? 0) + 1);
    return this.#tables.tablesFor(counts);
  }
}

interface Indexed extends Check {
  readonly index: number;
}

function verifyOne(
  key: KeyObject,
  message: Uint8Array,
  signature: Uint8Array,
  encoding: SignatureEncoding,
): boolean {
  try {
    return verify('sha256', message, { key, dsaEncoding: encoding }, signature);
  } catch {
    return false;
  }
}
