import {
  decode,
  equalBytes,
  hashKey,
  hashNamespace,
  KVRWSet,
  MemoryState,
  toHex,
  TxPvtReadWriteSet,
} from '@passage/ledger';
import type { StateEntry, StateReader, Version } from '@passage/ledger';
import { restoredEntry, savedEntries, type SavedEntry } from '../resume/saved-entries.js';
import { sha256 } from './sha256.js';

/**
 * The private values that rerunning has opened so far: what a peer of every collection would hold. A value counts only while the
 * ledger has its hash; whether one was asked for that is not here, is noted.
 */
export class PrivateValues implements StateReader {
  readonly #ledger: StateReader;
  readonly #values = new MemoryState();
  #lacksValue = false;

  /** @param ledger the world state, with the hashes */
  constructor(ledger: StateReader) {
    this.#ledger = ledger;
  }

  /** Whether a value was asked for that nobody has opened; asking forgets it. */
  takeLack(): boolean {
    const lacked = this.#lacksValue;
    this.#lacksValue = false;
    return lacked;
  }

  get(namespace: string, key: string): StateEntry | undefined {
    const hashed = this.#ledger.get(namespace, toHex(hashKey(key)));
    if (hashed === undefined) return undefined;
    const held = this.#values.get(namespace, key);
    if (held !== undefined && equalBytes(sha256(held.value), hashed.value))
      return { ...held, version: hashed.version };
    this.#lacksValue = true;
    return undefined;
  }

  /** Nobody can tell whether all of a range has been opened. */
  range(namespace: string, start: string, end: string): Iterable<readonly [string, StateEntry]> {
    this.#lacksValue = true;
    return this.#values.range(namespace, start, end);
  }

  saved(): Iterable<SavedEntry> {
    return savedEntries(this.#values);
  }

  restore(opened: SavedEntry): void {
    this.#values.apply([restoredEntry(opened)]);
  }

  /** Keeps what a rerun has written, once its hashes have been found to be the ledger's. */
  keep(privateBytes: Uint8Array, version: Version): void {
    const { nsPvtRwset } = decode(TxPvtReadWriteSet, privateBytes);
    for (const { namespace, collectionPvtRwset } of nsPvtRwset) {
      for (const { collectionName, rwset } of collectionPvtRwset) {
        const name = hashNamespace(namespace, collectionName);
        const { writes } = decode(KVRWSet, rwset);
        this.#values.apply(
          writes.map(({ key, value }) => ({
            namespace: name,
            key,
            version,
            ...(value.length > 0 && { value }),
          })),
        );
      }
    }
  }
}
