import {
  hashKey,
  hashNamespace,
  implicitCollection,
  LIFECYCLE_NAMESPACE,
  RwsetBuilder,
  toHex,
  type StateReader,
  type StructureStore,
} from '@passage/ledger';

/** What running _lifecycle reads and writes, recorded as a peer records it. */
export class LifecycleSimulation {
  readonly #state: StateReader;
  readonly #builder = new RwsetBuilder();

  constructor(state: StateReader) {
    this.#state = state;
  }

  /** _lifecycle's public state: committed definitions. */
  get publicState(): StructureStore {
    return {
      get: (key) => this.#read(LIFECYCLE_NAMESPACE, key),
      put: (key, value) => {
        this.#builder.addWrite(LIFECYCLE_NAMESPACE, key, value);
      },
      delete: (key) => {
        this.#builder.addWrite(LIFECYCLE_NAMESPACE, key);
      },
    };
  }

  /**
   * An organisation's implicit collection: its approvals. This network keeps only the hashes of private values, so a value
   * that exists reads as missing here; it is then written again, which Fabric would spare itself.
   */
  privateState(mspId: string): StructureStore {
    const collection = implicitCollection(mspId);
    return {
      get: (key) => {
        const entry = this.#state.get(hashNamespace(LIFECYCLE_NAMESPACE, collection), toHex(hashKey(key)));
        this.#builder.addPrivateRead(LIFECYCLE_NAMESPACE, collection, key, entry?.version);
        return undefined;
      },
      put: (key, value) => {
        this.#builder.addPrivateWrite(LIFECYCLE_NAMESPACE, collection, key, value);
      },
      delete: (key) => {
        this.#builder.addPrivateWrite(LIFECYCLE_NAMESPACE, collection, key);
      },
    };
  }

  /** Looks for the definition in force, also for one of the older lifecycle, as every operation does. */
  readDefinition(chaincode: string): void {
    this.#read(LIFECYCLE_NAMESPACE, `namespaces/fields/${chaincode}/Sequence`);
    this.#read(LIFECYCLE_NAMESPACE, `namespaces/metadata/${chaincode}`);
    this.#read('lscc', chaincode);
  }

  /** TxReadWriteSet bytes. */
  results(): Uint8Array {
    return this.#builder.build().publicBytes;
  }

  #read(namespace: string, key: string): Uint8Array | undefined {
    const entry = this.#state.get(namespace, key);
    this.#builder.addRead(namespace, key, entry?.version);
    return entry?.value;
  }
}
