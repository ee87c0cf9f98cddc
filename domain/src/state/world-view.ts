import { decodeRecord, type StateEntry } from './codec.js';
import type { StateKey, StateKind, StateRecords } from './keys.js';
import type { SignedStatements } from '../statement/verify-statement.js';

/** What a rule sees of the world state: the record under a key, or undefined where there is none. */
export interface WorldView {
  /** Statements that whoever fetched the state has checked the signatures of: a replay does so in other threads. */
  readonly signed?: SignedStatements | undefined;
  get<Kind extends StateKind>(key: StateKey<Kind>): StateRecords[Kind] | undefined;
}

/**
 * The world state as it was fetched before a decision: exactly the declared keys. Asking for another key is a fault of
 * the rule that asks, because an endorser would not have recorded that it was read.
 */
export class FetchedView implements WorldView {
  readonly signed: SignedStatements | undefined;
  readonly #values: ReadonlyMap<string, Uint8Array | undefined>;
  readonly #records = new Map<string, StateRecords[StateKind]>();

  /** `values` has an entry for every declared key; undefined and empty values both mean that nothing is stored. */
  constructor(values: ReadonlyMap<string, Uint8Array | undefined>, signed?: SignedStatements) {
    this.#values = values;
    this.signed = signed;
  }

  get<Kind extends StateKind>(key: StateKey<Kind>): StateRecords[Kind] | undefined {
    const known = this.#records.get(key) as StateRecords[Kind] | undefined;
    if (known !== undefined) return known;
    if (!this.#values.has(key)) throw new UndeclaredReadError(key);
    const value = this.#values.get(key);
    // Fabric keeps no empty values: writing one deletes the key.
    if (value === undefined || value.length === 0) return undefined;
    const record = decodeRecord(key, value);
    this.#records.set(key, record);
    return record;
  }
}

/** What has been fetched while a rule still says what else it needs: a key that was not fetched yet reads as nothing. */
export class ViewSoFar implements WorldView {
  readonly #values: ReadonlyMap<string, Uint8Array | undefined>;
  readonly #fetched: FetchedView;

  constructor(values: ReadonlyMap<string, Uint8Array | undefined>) {
    this.#values = values;
    this.#fetched = new FetchedView(values);
  }

  get<Kind extends StateKind>(key: StateKey<Kind>): StateRecords[Kind] | undefined {
    return this.#values.has(key) ? this.#fetched.get(key) : undefined;
  }
}

/** A view in which what was decided so far is already written: Fabric itself has no read-your-writes. */
export class Overlay implements WorldView {
  readonly #below: WorldView;
  readonly #written = new Map<string, StateEntry>();

  constructor(below: WorldView) {
    this.#below = below;
  }

  get signed(): SignedStatements | undefined {
    return this.#below.signed;
  }

  get<Kind extends StateKind>(key: StateKey<Kind>): StateRecords[Kind] | undefined {
    const written = this.#written.get(key);
    return written === undefined ? this.#below.get(key) : (written.record as StateRecords[Kind]);
  }

  put(written: StateEntry): void {
    this.#written.set(written.key, written);
  }

  /** Everything that was put, the last record of each key. */
  entries(): readonly StateEntry[] {
    return [...this.#written.values()];
  }
}

/** A rule read a key that it had not declared. */
export class UndeclaredReadError extends Error {
  constructor(key: string) {
    super(`the key ${key} was read without having been declared`);
    this.name = 'UndeclaredReadError';
  }
}
