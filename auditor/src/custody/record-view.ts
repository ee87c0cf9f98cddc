import { decodeRecord, StateFormatError } from '@passage/domain';
import type { StateKey, StateKind, StateRecords, WorldView } from '@passage/domain';
import type { Keeper } from './keeper.js';

/** What the state holds under a key: its bytes, and who has to endorse a change of them. */
export interface Kept {
  readonly value: Uint8Array;
  readonly keeper: Keeper;
}

/** The state at one moment. */
export type Lookup = (key: string) => Kept | undefined;

/**
 * The records of a state as the rules of the domain read them. What cannot be read counts as absent: the transaction that
 * wrote it has been named.
 */
export class RecordView implements WorldView {
  readonly #lookup: Lookup;
  /** Read once: the statements of a batch all ask for their device. */
  readonly #read = new Map<string, StateRecords[StateKind] | undefined>();

  constructor(lookup: Lookup) {
    this.#lookup = lookup;
  }

  get<Kind extends StateKind>(key: StateKey<Kind>): StateRecords[Kind] | undefined {
    if (!this.#read.has(key)) {
      const kept = this.#lookup(key);
      this.#read.set(key, kept && readRecord(key, kept.value));
    }
    return this.#read.get(key) as StateRecords[Kind] | undefined;
  }

  /** Who has to endorse a change of the key; undefined where there is no such key. */
  keeper(key: StateKey): Keeper | undefined {
    return this.#lookup(key)?.keeper;
  }
}

/** The record in these bytes; undefined where they are none that this version reads. */
export function readRecord<Kind extends StateKind>(
  key: StateKey<Kind>,
  value: Uint8Array,
): StateRecords[Kind] | undefined {
  try {
    return decodeRecord(key, value);
  } catch (error) {
    if (error instanceof StateFormatError) return undefined;
    throw error;
  }
}
