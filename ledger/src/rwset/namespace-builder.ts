import { sha256 } from '#crypto';
import { encode, utf8 } from '../codec/index.js';
import { HashedRWSet, KVRWSet } from '../proto/index.js';
import { toKvRead } from './range-results.js';
import { SortedRecords } from './sorted-records.js';
import type { Encodable } from '../codec/index.js';
import type {
  CollectionHashedReadWriteSet,
  CollectionPvtReadWriteSet,
  KVMetadataEntry,
  KVReadHash,
  KVWrite,
  KVWriteHash,
  NsReadWriteSet,
  RangeQueryInfo,
} from '../proto/index.js';
import type { Version } from '../state/index.js';
import type { RangeQuery } from './types.js';

type Entries = readonly KVMetadataEntry[];

/** SHA-256 of a key's UTF-8 bytes: how a block names a private key. */
export function hashKey(key: string): Uint8Array {
  return sha256(utf8(key));
}

/** One private collection: what stands in the block as hashes, and what travels beside it in clear. */
export class CollectionBuilder {
  readonly reads = new SortedRecords<Version | undefined>();
  readonly #writes = new SortedRecords<{ readonly value: Uint8Array; readonly purge: boolean }>();
  readonly #metadata = new SortedRecords<Entries>();

  write(key: string, value: Uint8Array, purge = false): void {
    this.#writes.put(key, { value, purge });
  }

  writeMetadata(key: string, entries: Entries): void {
    this.#metadata.put(key, entries);
  }

  /** The private write set, or undefined where the collection was only read. */
  private(collectionName: string): CollectionPvtReadWriteSet | undefined {
    if (this.#writes.size + this.#metadata.size === 0) return undefined;
    const writes = this.#writes.entries().map(([key, { value }]) => kvWrite(key, value));
    // The metadata itself stands with the hash; the private side only has to know which key it belongs to.
    const metadataWrites = this.#metadata.entries().map(([key]) => ({ key }));
    return { collectionName, rwset: encode(KVRWSet, { writes, metadataWrites }) };
  }

  hashed(collectionName: string): CollectionHashedReadWriteSet {
    const hashedRwset = encode(HashedRWSet, {
      hashedReads: this.reads.entries().map(([key, version]) => readHash(key, version)),
      hashedWrites: this.#writes.entries().map(([key, { value, purge }]) => writeHash(key, value, purge)),
      metadataWrites: this.#metadata.entries().map(([key, entries]) => ({ keyHash: hashKey(key), entries })),
    });
    const rwset = this.private(collectionName)?.rwset;
    return {
      collectionName,
      hashedRwset,
      pvtRwsetHash: rwset === undefined ? new Uint8Array() : sha256(rwset),
    };
  }
}

/** The public side of one chaincode, with its collections. */
export class NamespaceBuilder {
  readonly reads = new SortedRecords<Version | undefined>();
  readonly writes = new SortedRecords<Uint8Array>();
  readonly metadata = new SortedRecords<Entries>();
  readonly collections = new SortedRecords<CollectionBuilder>();
  readonly #ranges = new Map<string, RangeQuery>();

  /** Ranges stand in the order in which they were read; the same one again is dropped. */
  addRange(range: RangeQuery): void {
    const id = JSON.stringify([range.start, range.end, range.exhausted]);
    if (!this.#ranges.has(id)) this.#ranges.set(id, range);
  }

  public(namespace: string): NsReadWriteSet {
    const rwset = encode(KVRWSet, {
      reads: this.reads.entries().map(([key, version]) => kvRead(key, version)),
      rangeQueriesInfo: [...this.#ranges.values()].map(rangeInfo),
      writes: this.writes.entries().map(([key, value]) => kvWrite(key, value)),
      metadataWrites: this.metadata.entries().map(([key, entries]) => ({ key, entries })),
    });
    const collectionHashedRwset = this.collections.entries().map(([name, builder]) => builder.hashed(name));
    return { namespace, rwset, collectionHashedRwset };
  }
}

function kvRead(key: string, version: Version | undefined): ReturnType<typeof toKvRead> {
  return toKvRead(version === undefined ? { key } : { key, version });
}

function kvWrite(key: string, value: Uint8Array): KVWrite {
  return { key, isDelete: value.length === 0, value };
}

function readHash(key: string, version: Version | undefined): Encodable<KVReadHash> {
  const { version: kvVersion } = kvRead(key, version);
  return { keyHash: hashKey(key), version: kvVersion };
}

function writeHash(key: string, value: Uint8Array, isPurge: boolean): KVWriteHash {
  const isDelete = value.length === 0;
  return { keyHash: hashKey(key), isDelete, valueHash: isDelete ? value : sha256(value), isPurge };
}

/** An empty range has neither results nor summary: the peer sets one of them only where there is something. */
function rangeInfo(range: RangeQuery): Encodable<RangeQueryInfo> {
  const info = { startKey: range.start, endKey: range.end, itrExhausted: range.exhausted };
  if (range.summary !== undefined) {
    const { maxDegree, maxLevel, hashes } = range.summary;
    return { ...info, readsMerkleHashes: { maxDegree, maxLevel, maxLevelHashes: hashes } };
  }
  return range.reads.length === 0 ? info : { ...info, rawReads: { kvReads: range.reads.map(toKvRead) } };
}
