import { sha256 } from '#crypto';
import { decode, equalBytes, toHex } from '../codec/index.js';
import { HashedRWSet, KVRWSet, TxReadWriteSet } from '../proto/index.js';
import { hashNamespace } from '../state/index.js';
import type {
  CollectionHashedReadWriteSet,
  KVRead,
  KVVersion,
  KVWrite,
  KVWriteHash,
  NsReadWriteSet,
  RangeQueryInfo,
} from '../proto/index.js';
import type { Version } from '../state/index.js';
import type { ChaincodeSet, CollectionSet, RangeQuery, Read, ReadWriteSet, Write } from './types.js';

const HASH_OF_NOTHING = sha256(new Uint8Array());

/**
 * Reads the results of a simulation (`ChaincodeAction.results`) with all that is nested in them
 * (Fabric: core/ledger/kvledger/txmgmt/rwsetutil/rwset_proto_util.go, FromProtoBytes).
 *
 * @throws LedgerError MALFORMED_MESSAGE or NUMBER_TOO_LARGE, which make the transaction BAD_RWSET.
 */
export function readReadWriteSet(bytes: Uint8Array): ReadWriteSet {
  return decode(TxReadWriteSet, bytes).nsRwset.map(toChaincodeSet);
}

function toChaincodeSet({ namespace, rwset, collectionHashedRwset }: NsReadWriteSet): ChaincodeSet {
  const { reads, rangeQueriesInfo, writes, metadataWrites } = decode(KVRWSet, rwset);
  return {
    namespace,
    reads: reads.map(toRead),
    ranges: rangeQueriesInfo.map(toRange),
    writes: writes.map(toWrite),
    metadataWrites,
    collections: collectionHashedRwset.map((collection) => toCollectionSet(namespace, collection)),
  };
}

function toRead({ key, version }: KVRead): Read {
  return { key, ...toVersion(version) };
}

function toVersion(version: KVVersion | undefined): { version?: Version } {
  return version === undefined ? {} : { version: { block: version.blockNum, tx: version.txNum } };
}

/** An empty value deletes, whatever `isDelete` says (Fabric: rwset_proto_util.go, IsKVWriteDelete). */
function toWrite({ key, isDelete, value }: KVWrite): Write {
  return isDelete || value.length === 0 ? { key } : { key, value };
}

function toRange(info: RangeQueryInfo): RangeQuery {
  const { startKey: start, endKey: end, itrExhausted: exhausted, rawReads, readsMerkleHashes } = info;
  // A result without a version cannot come from a simulation; Fabric would dereference it, here it matches nothing.
  const reads = rawReads?.kvReads.map(toRead) ?? [];
  if (readsMerkleHashes === undefined) return { start, end, exhausted, reads };
  const { maxDegree, maxLevel, maxLevelHashes: hashes } = readsMerkleHashes;
  return { start, end, exhausted, reads, summary: { maxDegree, maxLevel, hashes } };
}

function toCollectionSet(chaincode: string, raw: CollectionHashedReadWriteSet): CollectionSet {
  const { hashedReads, hashedWrites, metadataWrites } = decode(HashedRWSet, raw.hashedRwset);
  return {
    namespace: hashNamespace(chaincode, raw.collectionName),
    collection: raw.collectionName,
    reads: hashedReads.map(({ keyHash, version }) => ({ key: toHex(keyHash), ...toVersion(version) })),
    writes: hashedWrites.map(toHashedWrite),
    metadataWrites: metadataWrites.map(({ keyHash, entries }) => ({ key: toHex(keyHash), entries })),
    privateHash: raw.pvtRwsetHash,
  };
}

/** The hash of an empty value deletes too (Fabric: rwset_proto_util.go, IsKVWriteHashDelete). */
function toHashedWrite({ keyHash, isDelete, valueHash, isPurge }: KVWriteHash): Write {
  const deletes = isDelete || valueHash.length === 0 || equalBytes(valueHash, HASH_OF_NOTHING);
  return { key: toHex(keyHash), ...(!deletes && { value: valueHash }), ...(isPurge && { purge: true }) };
}
