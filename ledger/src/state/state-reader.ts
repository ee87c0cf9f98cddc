/** Position of the transaction that last wrote a key: Fabric's version of a value (Fabric: core/ledger/internal/version). */
export interface Version {
  readonly block: number;
  readonly tx: number;
}

/** What the world state holds under a key. `metadata` is a serialised KVMetadataWrite with the entries only. */
export interface StateEntry {
  readonly value: Uint8Array;
  readonly version: Version;
  readonly metadata?: Uint8Array;
}

/**
 * The world state as the rules read it: a plain map from (namespace, key) to an entry, ordered by the UTF-8 bytes of the
 * key. Hashes of private data lie in namespaces of their own, see `hashNamespace`.
 */
export interface StateReader {
  /** The entry of a key, or undefined where the key does not exist. The empty string is a legal key. */
  get(namespace: string, key: string): StateEntry | undefined;
  /** The entries with start ≤ key < end in byte order; '' as start or end leaves that side open. */
  range(namespace: string, start: string, end: string): Iterable<readonly [key: string, entry: StateEntry]>;
}

/**
 * The final write of a block to one key. Without `value` the key is deleted (and its metadata with it); `version` is the
 * writing transaction's in both cases.
 */
export interface StateUpdate {
  readonly namespace: string;
  readonly key: string;
  readonly version: Version;
  readonly value?: Uint8Array;
  readonly metadata?: Uint8Array;
}

/** Whether two versions are the same; an absent key has none. */
export function sameVersion(a: Version | undefined, b: Version | undefined): boolean {
  return a?.block === b?.block && a?.tx === b?.tx;
}
