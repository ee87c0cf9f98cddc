import { bool, bytes, embedded, message, oneOf, repeated, string, uint32, uint64 } from '../codec/index.js';
import type { Decoded } from '../codec/index.js';

/** Height of the transaction that wrote a value. */
export const KVVersion = message(
  'kvrwset.Version',
  {
    blockNum: uint64(1),
    txNum: uint64(2),
  },
  (next) => ({ blockNum: next.integer(1), txNum: next.integer(2) }),
);
export type KVVersion = Decoded<typeof KVVersion>;

/** A read; without a version when the key was absent. */
export const KVRead = message(
  'kvrwset.KVRead',
  {
    key: string(1),
    version: embedded(2, KVVersion),
  },
  (next) => {
    const key = next.string(1);
    const version = next.message(2, KVVersion);
    return version === undefined ? { key } : { key, version };
  },
);
export type KVRead = Decoded<typeof KVRead>;

export const KVWrite = message(
  'kvrwset.KVWrite',
  {
    key: string(1),
    isDelete: bool(2),
    value: bytes(3),
  },
  (next) => ({ key: next.string(1), isDelete: next.bool(2), value: next.bytes(3) }),
);
export type KVWrite = Decoded<typeof KVWrite>;

export const KVMetadataEntry = message(
  'kvrwset.KVMetadataEntry',
  {
    name: string(1),
    value: bytes(2),
  },
  (next) => ({ name: next.string(1), value: next.bytes(2) }),
);
export type KVMetadataEntry = Decoded<typeof KVMetadataEntry>;

export const KVMetadataWrite = message(
  'kvrwset.KVMetadataWrite',
  {
    key: string(1),
    entries: repeated(embedded(2, KVMetadataEntry)),
  },
  (next) => ({ key: next.string(1), entries: next.messages(2, KVMetadataEntry) }),
);
export type KVMetadataWrite = Decoded<typeof KVMetadataWrite>;

export const QueryReads = message('kvrwset.QueryReads', {
  kvReads: repeated(embedded(1, KVRead)),
});
export type QueryReads = Decoded<typeof QueryReads>;

export const QueryReadsMerkleSummary = message('kvrwset.QueryReadsMerkleSummary', {
  maxDegree: uint32(1),
  maxLevel: uint32(2),
  maxLevelHashes: repeated(bytes(3)),
});
export type QueryReadsMerkleSummary = Decoded<typeof QueryReadsMerkleSummary>;

export const RangeQueryInfo = message('kvrwset.RangeQueryInfo', {
  startKey: string(1),
  endKey: string(2),
  itrExhausted: bool(3),
  ...oneOf('readsInfo', {
    rawReads: embedded(4, QueryReads),
    readsMerkleHashes: embedded(5, QueryReadsMerkleSummary),
  }),
});
export type RangeQueryInfo = Decoded<typeof RangeQueryInfo>;

export const KVRWSet = message(
  'kvrwset.KVRWSet',
  {
    reads: repeated(embedded(1, KVRead)),
    rangeQueriesInfo: repeated(embedded(2, RangeQueryInfo)),
    writes: repeated(embedded(3, KVWrite)),
    metadataWrites: repeated(embedded(4, KVMetadataWrite)),
  },
  (next) => ({
    reads: next.messages(1, KVRead),
    rangeQueriesInfo: [],
    writes: next.messages(3, KVWrite),
    metadataWrites: next.messages(4, KVMetadataWrite),
  }),
);
export type KVRWSet = Decoded<typeof KVRWSet>;

export const KVReadHash = message('kvrwset.KVReadHash', {
  keyHash: bytes(1),
  version: embedded(2, KVVersion),
});
export type KVReadHash = Decoded<typeof KVReadHash>;

export const KVWriteHash = message('kvrwset.KVWriteHash', {
  keyHash: bytes(1),
  isDelete: bool(2),
  valueHash: bytes(3),
  isPurge: bool(4),
});
export type KVWriteHash = Decoded<typeof KVWriteHash>;

export const KVMetadataWriteHash = message('kvrwset.KVMetadataWriteHash', {
  keyHash: bytes(1),
  entries: repeated(embedded(2, KVMetadataEntry)),
});
export type KVMetadataWriteHash = Decoded<typeof KVMetadataWriteHash>;

export const HashedRWSet = message('kvrwset.HashedRWSet', {
  hashedReads: repeated(embedded(1, KVReadHash)),
  hashedWrites: repeated(embedded(2, KVWriteHash)),
  metadataWrites: repeated(embedded(3, KVMetadataWriteHash)),
});
export type HashedRWSet = Decoded<typeof HashedRWSet>;
