import { encode } from '../codec/index.js';
import { TxPvtReadWriteSet, TxReadWriteSet } from '../proto/index.js';
import { CollectionBuilder, NamespaceBuilder } from './namespace-builder.js';
import { SortedRecords } from './sorted-records.js';
import type { KVMetadataEntry } from '../proto/index.js';
import type { Version } from '../state/index.js';
import type { RangeQuery } from './types.js';

const NOTHING = new Uint8Array();

/** What a simulation read and wrote, as bytes. */
export interface SimulationResults {
  /** TxReadWriteSet: goes into the block. */
  readonly publicBytes: Uint8Array;
  /** TxPvtReadWriteSet: travels beside the block; absent where no collection was written. */
  readonly privateBytes?: Uint8Array;
}

/**
 * Gathers what a simulation reads and writes, and gives it out in the peer's order: namespaces, keys and collections by
 * bytes, ranges as they came (Fabric: core/ledger/kvledger/txmgmt/rwsetutil/rwset_builder.go). Nothing is looked up here:
 * the caller passes the versions it found, undefined for an absent key.
 */
export class RwsetBuilder {
  readonly #namespaces = new SortedRecords<NamespaceBuilder>();

  addRead(namespace: string, key: string, version: Version | undefined): void {
    this.#of(namespace).reads.put(key, version);
  }

  /** A finished range, see RangeRecorder. */
  addRange(namespace: string, range: RangeQuery): void {
    this.#of(namespace).addRange(range);
  }

  /** An empty or missing value deletes the key. */
  addWrite(namespace: string, key: string, value: Uint8Array = NOTHING): void {
    this.#of(namespace).writes.put(key, value);
  }

  /** The whole new metadata of a key; an empty map deletes it. */
  addMetadataWrite(namespace: string, key: string, metadata: ReadonlyMap<string, Uint8Array>): void {
    this.#of(namespace).metadata.put(key, sortedEntries(metadata));
  }

  /** A read of a private key, or of its hash: both are recorded as the hash. */
  addPrivateRead(namespace: string, collection: string, key: string, version: Version | undefined): void {
    this.#collection(namespace, collection).reads.put(key, version);
  }

  /** An empty or missing value deletes the private key. */
  addPrivateWrite(namespace: string, collection: string, key: string, value: Uint8Array = NOTHING): void {
    this.#collection(namespace, collection).write(key, value);
  }

  /** Deletes a private key, and its history at every peer that holds it. */
  addPurge(namespace: string, collection: string, key: string): void {
    this.#collection(namespace, collection).write(key, NOTHING, true);
  }

  addPrivateMetadataWrite(
    namespace: string,
    collection: string,
    key: string,
    metadata: ReadonlyMap<string, Uint8Array>,
  ): void {
    this.#collection(namespace, collection).writeMetadata(key, sortedEntries(metadata));
  }

  build(): SimulationResults {
    const nsRwset = this.#namespaces.entries().map(([name, builder]) => builder.public(name));
    const nsPvtRwset = this.#namespaces.entries().flatMap(([namespace, { collections }]) => {
      const collectionPvtRwset = collections
        .entries()
        .flatMap(([name, builder]) => builder.private(name) ?? []);
      return collectionPvtRwset.length === 0 ? [] : { namespace, collectionPvtRwset };
    });
    const publicBytes = encode(TxReadWriteSet, { nsRwset });
    if (nsPvtRwset.length === 0) return { publicBytes };
    return { publicBytes, privateBytes: encode(TxPvtReadWriteSet, { nsPvtRwset }) };
  }

  #of(namespace: string): NamespaceBuilder {
    return this.#namespaces.of(namespace, () => new NamespaceBuilder());
  }

  #collection(namespace: string, collection: string): CollectionBuilder {
    return this.#of(namespace).collections.of(collection, () => new CollectionBuilder());
  }
}

function sortedEntries(metadata: ReadonlyMap<string, Uint8Array>): KVMetadataEntry[] {
  const entries = new SortedRecords<Uint8Array>();
  for (const [name, value] of metadata) entries.put(name, value);
  return entries.entries().map(([name, value]) => ({ name, value }));
}
