import type { Version } from '../state/index.js';

/** A key that was read, with the version found; no version: the key did not exist. */
export interface Read {
  readonly key: string;
  readonly version?: Version;
}

/** Hashes over the results of a large range, instead of the results (kvrwset.QueryReadsMerkleSummary). */
export interface MerkleSummary {
  readonly maxDegree: number;
  readonly maxLevel: number;
  readonly hashes: readonly Uint8Array[];
}

/**
 * A range that was read. Where the simulation exhausted it, `end` is the exclusive end that was asked for ('' is open);
 * otherwise it is the last key that was handed over, and belongs to the results.
 */
export interface RangeQuery {
  readonly start: string;
  readonly end: string;
  readonly exhausted: boolean;
  /** Every result in byte order; empty where a summary stands for them. */
  readonly reads: readonly Read[];
  readonly summary?: MerkleSummary;
}

/** A write: without `value` the key is deleted. */
export interface Write {
  readonly key: string;
  readonly value?: Uint8Array;
  /** Set on a hashed write that also purges the private value and its history. */
  readonly purge?: boolean;
}

/** The whole new metadata of a key; no entries: the metadata is deleted. */
export interface MetadataWrite {
  readonly key: string;
  readonly entries: readonly { readonly name: string; readonly value: Uint8Array }[];
}

/** What was read and written in one namespace of the state. */
export interface KeySet {
  readonly namespace: string;
  readonly reads: readonly Read[];
  readonly writes: readonly Write[];
  readonly metadataWrites: readonly MetadataWrite[];
}

/**
 * The hashed side of one private collection. `namespace` is `hashNamespace(chaincode, collection)`, keys are the hex of
 * the key's hash and values the value's hash, so that the rules for public keys apply as they are.
 */
export interface CollectionSet extends KeySet {
  readonly collection: string;
  /** SHA-256 of the private KVRWSet, where the transaction carries one. */
  readonly privateHash: Uint8Array;
}

/** The public side of one chaincode, with its collections. */
export interface ChaincodeSet extends KeySet {
  readonly ranges: readonly RangeQuery[];
  readonly collections: readonly CollectionSet[];
}

/** A TxReadWriteSet in plain words, in the order in which it stands in the transaction. */
export type ReadWriteSet = readonly ChaincodeSet[];

/** Whether the transaction writes anything under this chaincode (Fabric: dispatcher.go, txWritesToNamespace). */
export function writesAnything(set: ChaincodeSet): boolean {
  return [set, ...set.collections].some(
    ({ writes, metadataWrites }) => writes.length + metadataWrites.length > 0,
  );
}
