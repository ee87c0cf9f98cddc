import {
  equalBytes,
  hashKey,
  hashNamespace,
  implicitCollection,
  LIFECYCLE_NAMESPACE,
  RwsetBuilder,
  toHex,
  type StateReader,
  type StructureStore,
} from '@passage/ledger';
import { createHash } from 'node:crypto';

import { approvedValues } from './approved-values.js';

/** What running _lifecycle needs of the ledger. */
export interface LifecycleLedger {
  readonly state: StateReader;
  /** The envelope of a transaction of the ledger, by its place. */
  envelopeAt(block: number, index: number): Uint8Array | undefined;
}

/** What running _lifecycle reads and writes, recorded as a peer records it. */
export class LifecycleSimulation {
  readonly #ledger: LifecycleLedger;
  readonly #builder = new RwsetBuilder();

  constructor(ledger: LifecycleLedger) {
    this.#ledger = ledger;
  }

  /** _lifecycle's public state: committed definitions. */
  get publicState(): StructureStore {
    return {
      get: (key) => this.read(LIFECYCLE_NAMESPACE, key),
      put: (key, value) => {
        this.#builder.addWrite(LIFECYCLE_NAMESPACE, key, value);
      },
      delete: (key) => {
        this.#builder.addWrite(LIFECYCLE_NAMESPACE, key);
      },
    };
  }

  /**
   * An organisation's implicit collection: its approvals. The values of a collection stand in no block, but those of an
   * approval all follow from the argument of its transaction, which does; so nothing else has to be kept.
   *
   * Its `get` throws if the value is not what its hash says.
   */
  privateState(mspId: string): StructureStore {
    const collection = implicitCollection(mspId);
    return {
      get: (key) => this.#privateValue(mspId, key),
      put: (key, value) => {
        this.#builder.addPrivateWrite(LIFECYCLE_NAMESPACE, collection, key, value);
      },
      delete: (key) => {
        this.#builder.addPrivateWrite(LIFECYCLE_NAMESPACE, collection, key);
      },
    };
  }

  /** SHA-256 of a private value, which everybody may see; undefined where there is none. */
  privateHash(mspId: string, key: string): Uint8Array | undefined {
    return this.#privateEntry(mspId, key)?.value;
  }

  /** A read of public state, of whatever namespace. */
  read(namespace: string, key: string): Uint8Array | undefined {
    const entry = this.#ledger.state.get(namespace, key);
    this.#builder.addRead(namespace, key, entry?.version);
    return entry?.value;
  }

  /** Names of the keys of _lifecycle that begin so. Queries alone use it, so the range is not recorded. */
  keysBelow(prefix: string): string[] {
    const end = `${prefix}\u{10ffff}`;
    return [...this.#ledger.state.range(LIFECYCLE_NAMESPACE, prefix, end)].map(([key]) => key);
  }

  /** TxReadWriteSet bytes. */
  results(): Uint8Array {
    return this.#builder.build().publicBytes;
  }

  #privateEntry(mspId: string, key: string): ReturnType<StateReader['get']> {
    const collection = implicitCollection(mspId);
    const entry = this.#ledger.state.get(hashNamespace(LIFECYCLE_NAMESPACE, collection), toHex(hashKey(key)));
    this.#builder.addPrivateRead(LIFECYCLE_NAMESPACE, collection, key, entry?.version);
    return entry;
  }

  #privateValue(mspId: string, key: string): Uint8Array | undefined {
    const entry = this.#privateEntry(mspId, key);
    if (entry === undefined) return undefined;
    const { block, tx } = entry.version;
    const envelope = this.#ledger.envelopeAt(block, tx);
    const value = envelope && approvedValues(envelope).get(key);
    const hash = createHash('sha256')
      .update(value ?? '')
      .digest();
    if (value !== undefined && equalBytes(hash, entry.value)) return value;
    throw new Error(
      `private data matching public hash version is not available. Public hash version = {BlockNum: ${block}, TxNum: ${tx}}`,
    );
  }
}
