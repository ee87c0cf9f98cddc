import { collectionConfig, implicitCollectionOwner, isCollectionMember } from '../lifecycle/index.js';
import type { PrincipalHolder } from '../identity/index.js';
import type { ChaincodeDefinition } from '../lifecycle/index.js';
import type { StaticCollectionConfig } from '../proto/index.js';

/** For whom, and over which collections, access is asked. */
export interface CollectionParts {
  readonly channel: string;
  readonly chaincode: string;
  readonly definition: ChaincodeDefinition;
  /** Who sent the proposal: reading and writing depend on the client's organisation, not on the peer's. */
  readonly client: PrincipalHolder;
  /** MSP ids of the channel's organisations: each has an implicit collection. */
  readonly mspIds: readonly string[];
}

/** What the collections of a chaincode let the client of one proposal do. */
export class CollectionAccess {
  readonly #parts: CollectionParts;

  constructor(parts: CollectionParts) {
    this.#parts = parts;
  }

  /**
   * Lets pass who may read private values (F:core/common/privdata/store.go, RetrieveReadWritePermission).
   *
   * @throws Error in Fabric's words
   */
  checkRead(collection: string): void {
    if (!this.#may(collection, ({ memberOnlyRead }) => memberOnlyRead))
      throw this.#denied('read', collection);
    this.checkExists(collection);
  }

  /** The same for writing. */
  checkWrite(collection: string): void {
    if (!this.#may(collection, ({ memberOnlyWrite }) => memberOnlyWrite)) {
      throw this.#denied('write', collection);
    }
    this.checkExists(collection);
  }

  /** Lets pass a collection that the chaincode has, which is all that hashes need (F:…/txmgr/collection_val.go). */
  checkExists(collection: string): void {
    const { chaincode, definition, mspIds } = this.#parts;
    const owner = implicitCollectionOwner(collection);
    const exists =
      owner === undefined ? collectionConfig(definition, collection) !== undefined : mspIds.includes(owner);
    if (exists) return;
    throw new Error(
      `collection [${collection}] not defined in the collection config for chaincode [${chaincode}]`,
    );
  }

  #may(collection: string, membersOnly: (config: StaticCollectionConfig) => boolean): boolean {
    const { channel, chaincode, definition, client } = this.#parts;
    const config = collectionConfig(definition, collection);
    if (config === undefined) {
      throw new Error(`collection ${channel}/${chaincode}/${collection} could not be found`);
    }
    return !membersOnly(config) || isCollectionMember(config, client);
  }

  #denied(access: 'read' | 'write', collection: string): Error {
    const where = `chaincodeName:${this.#parts.chaincode} collectionName: ${collection}`;
    return new Error(`tx creator does not have ${access} access permission on privatedata in ${where}`);
  }
}
