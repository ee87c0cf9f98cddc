import { toHex } from '../codec/index.js';
import { readDefinition } from '../lifecycle/index.js';
import { hashKey } from '../rwset/index.js';
import { hashNamespace, sameVersion } from '../state/index.js';
import type { RwsetBuilder } from '../rwset/index.js';
import type { StateEntry, StateReader, Version } from '../state/index.js';

import type { CollectionAccess } from './collection-access.js';
import type { Interest } from './interest.js';
import type { QueryGuard } from './query-guard.js';

const NOTHING = new Uint8Array();

/** What a simulation needs to serve private data. */
export interface PrivateDataParts {
  readonly chaincode: string;
  /** The world state, in which the hashes stand. */
  readonly state: StateReader;
  /** The private values that the simulating peer's own organisation holds. */
  readonly privateState: StateReader;
  readonly access: CollectionAccess;
  readonly rwset: RwsetBuilder;
  readonly interest: Interest;
  readonly guard: QueryGuard;
}

/**
 * The private data of one simulation (F:core/ledger/kvledger/txmgmt/txmgr/{query_executor,tx_simulator}.go): reads are
 * recorded as reads of hashes; writes go to both sides, hashes into the block and values beside it.
 */
export class PrivateData {
  readonly #parts: PrivateDataParts;
  #hasReadValues = false;
  #hasReadDefinition = false;

  constructor(parts: PrivateDataParts) {
    this.#parts = parts;
  }

  /** Whether values were asked for: what came of it holds for the peer's own organisation and no other. */
  get hasReadValues(): boolean {
    return this.#hasReadValues;
  }

  /** The value of a key. @throws Error if this organisation does not hold the value that the ledger's hash stands for */
  get(collection: string, key: string): Uint8Array {
    const { chaincode, privateState, interest } = this.#parts;
    this.#hasReadValues = true;
    this.#checkRead(collection);
    const held = privateState.get(hashNamespace(chaincode, collection), key);
    const hashed = this.#hashed(collection, key);
    if (!sameVersion(held?.version, hashed?.version)) {
      const versions = `Public hash version = ${height(hashed?.version)}, Private data version = ${height(held?.version)}`;
      throw new Error(`private data matching public hash version is not available. ${versions}`);
    }
    this.#recordRead(collection, key, hashed);
    interest.noteRead(collection);
    return held?.value ?? NOTHING;
  }

  /** SHA-256 of the value, which every organisation knows; nothing where the key does not exist. */
  hash(collection: string, key: string): Uint8Array {
    this.#recordDefinition();
    this.#parts.access.checkExists(collection);
    const hashed = this.#hashed(collection, key);
    this.#recordRead(collection, key, hashed);
    return hashed?.value ?? NOTHING;
  }

  /** The metadata of a key, which stands with its hash: bytes of a KVMetadataWrite. */
  metadata(collection: string, key: string): Uint8Array {
    this.#checkRead(collection);
    const hashed = this.#hashed(collection, key);
    this.#recordRead(collection, key, hashed);
    return hashed?.metadata ?? NOTHING;
  }

  /** An empty value deletes. */
  put(collection: string, key: string, value: Uint8Array): void {
    this.#beforeWrite(collection, key);
    this.#parts.rwset.addPrivateWrite(this.#parts.chaincode, collection, key, value);
  }

  /** Deletes a key, and what every organisation remembers of it. */
  purge(collection: string, key: string): void {
    if (collection === '') throw new Error('only applicable for private data');
    this.#beforeWrite(collection, key);
    this.#parts.rwset.addPurge(this.#parts.chaincode, collection, key);
  }

  putMetadata(collection: string, key: string, metadata: ReadonlyMap<string, Uint8Array>): void {
    this.#beforeWrite(collection, key);
    this.#parts.rwset.addPrivateMetadataWrite(this.#parts.chaincode, collection, key, metadata);
  }

  /** The values of a range. Nothing of it is recorded, so it keeps the transaction from writing. */
  range(collection: string, start: string, end: string): Iterator<readonly [string, StateEntry]> {
    const { chaincode, privateState, guard } = this.#parts;
    this.#hasReadValues = true;
    this.#checkRead(collection);
    guard.beforePrivateQuery();
    return privateState.range(hashNamespace(chaincode, collection), start, end)[Symbol.iterator]();
  }

  #beforeWrite(collection: string, key: string): void {
    const { access, guard, interest } = this.#parts;
    this.#recordDefinition();
    access.checkWrite(collection);
    guard.beforeWrite();
    interest.noteWrite(this.#hashed(collection, key), collection);
  }

  #checkRead(collection: string): void {
    this.#recordDefinition();
    this.#parts.access.checkRead(collection);
  }

  /**
   * The rules of every collection, implicit ones too, are looked up in the definition, and that is a read of the transaction
   * like any other (F:core/chaincode/lifecycle/deployedcc_infoprovider.go, ChaincodeInfo).
   */
  #recordDefinition(): void {
    if (this.#hasReadDefinition) return;
    this.#hasReadDefinition = true;
    const { state, rwset, chaincode } = this.#parts;
    const get: StateReader['get'] = (namespace, key) => {
      const entry = state.get(namespace, key);
      rwset.addRead(namespace, key, entry?.version);
      return entry;
    };
    readDefinition({ get, range: (...limits) => state.range(...limits) }, chaincode);
  }

  #hashed(collection: string, key: string): StateEntry | undefined {
    const { state, chaincode } = this.#parts;
    return state.get(hashNamespace(chaincode, collection), toHex(hashKey(key)));
  }

  #recordRead(collection: string, key: string, hashed: StateEntry | undefined): void {
    const { rwset, chaincode } = this.#parts;
    rwset.addPrivateRead(chaincode, collection, key, hashed?.version);
  }
}

/** A version as Go prints it. */
function height(version: Version | undefined): string {
  return version === undefined ? '<nil>' : `{BlockNum: ${version.block}, TxNum: ${version.tx}}`;
}
