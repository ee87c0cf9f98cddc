import { verify } from 'node:crypto';
import { at } from './at.js';
import { ChunkChecker } from './ecdsa/chunk-checker.js';
import { readLimbs, readSignature } from './ecdsa/encoding.js';
import { newLimbs } from './field/limbs.js';
import { KeyTables } from './key-tables.js';
import { sha256 } from './sha256.js';
import type { KeyObject } from 'node:crypto';
import type { SignatureEncoding } from './ecdsa/encoding.js';
import type { Multiplied } from './ecdsa/multipliers.js';
import type { Message } from './sha256.js';
import type { TableLimits } from './key-tables.js';

/** A message, and what is said to be a signature over its SHA-256. */
export interface SignedMessage {
  readonly key: KeyObject;
  /** Its bytes, or parts of them in their order, which are never put together where that is not needed. */
  readonly message: Message;
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
  readonly #limbs: Multiplied = { hash: newLimbs(), r: newLimbs(), s: newLimbs() };
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
    return signed.map((one, index) => good[index] === true || verifyOne(one, encoding));
  }

  get #checker(): ChunkChecker {
    return (this.#started ??= new ChunkChecker(this.#limit));
  }

  /** Which signatures are certainly good. */
  #good(signed: readonly SignedMessage[], encoding: SignatureEncoding): readonly boolean[] {
    const good = new Array<boolean>(signed.length).fill(false);
    this.#patience -= signed.length;
    if (this.#patience > 0) return good;
    const tables = this.#tablesOf(signed);
    const places: number[] = [];
    for (let index = 0; index < signed.length; index++)
      if (tables.has(at(signed, index).key)) places.push(index);
    if (places.length < this.#fewest) return good;
    const checker = this.#checker;
    let added: number[] = [];
    const check = (): void => {
      for (const [i, isGood] of checker.areGood().entries()) good[at(added, i)] = isGood;
      added = [];
    };
    for (const index of places) {
      const one = at(signed, index);
      if (!this.#read(one, encoding)) continue;
      checker.add(tables.get(one.key) ?? 0, this.#limbs);
      added.push(index);
      if (added.length === ChunkChecker.SIZE) check();
    }
    if (added.length > 0) check();
    return good;
  }

  /** Reads what there is to compute with; false where OpenSSL has to look at it. */
  #read({ message, signature }: SignedMessage, encoding: SignatureEncoding): boolean {
    if (!readSignature(signature, encoding, this.#limbs)) return false;
    const digest = sha256(message);
    readLimbs(digest, 0, digest.length, this.#limbs.hash);
    return true;
  }

  #tablesOf(signed: readonly SignedMessage[]): ReadonlyMap<KeyObject, number> {
    const counts = new Map<KeyObject, number>();
    for (const { key } of signed) counts.set(key, (counts.get(key) ?? 0) + 1);
    return this.#tables.tablesFor(counts);
  }
}

function verifyOne({ key, message, signature }: SignedMessage, encoding: SignatureEncoding): boolean {
  const whole = message instanceof Uint8Array ? message : Buffer.concat(message);
  try {
    return verify('sha256', whole, { key, dsaEncoding: encoding }, signature);
  } catch {
    return false;
  }
}
