import { decode, encode } from '@passage/ledger';
import { GetStateMultiple, GetStateMultipleResult, WriteBatchState } from './shim-messages.js';

/** A request of the shim, as its copy of fabric-protos makes it. */
interface ShimMessage {
  getType(): number;
  getPayload_asU8(): Uint8Array;
}

/** A key's committed value, and how often it was written: what Fabric's versions (block, transaction) tell apart. */
export interface CommittedValue {
  readonly value: Uint8Array;
  readonly version: number;
  /** The key's own endorsement policy as it was written; absent where it never had one, empty where it was taken off. */
  readonly policy?: Uint8Array;
}

/** A key of a private collection and its value; without one, a purge. */
export interface PrivateWriteOrPurge {
  readonly collection: string;
  readonly key: string;
  readonly value?: Uint8Array;
}

/** Committed world state of one namespace. */
export type WorldState = ReadonlyMap<string, CommittedValue>;

/** One key in the read set: the version that was read, undefined where nothing was there. */
export interface StateRead {
  readonly key: string;
  readonly version: number | undefined;
}

/** One key in the write set; without a value, a deletion. */
export interface StateWriteOrDelete {
  readonly key: string;
  readonly value?: Uint8Array;
}

/** One key in the metadata write set, and the bytes of its new endorsement policy. */
export interface PolicyWrite {
  readonly key: string;
  readonly policy: Uint8Array;
}

/** The one metadata that Fabric knows (peer/chaincode_shim.proto, MetaDataKeys). */
const VALIDATION_PARAMETER = 'VALIDATION_PARAMETER';

/**
 * The peer's side of one simulated transaction, in the words of the shim's message handler. Reads see committed state
 * alone, never what the transaction itself has written; the sets hold each key once, in the byte order of the keys.
 */
export class Simulation {
  readonly #state: WorldState;
  readonly #reads = new Map<string, number | undefined>();
  readonly #writes = new Map<string, Uint8Array | undefined>();

  readonly #policies = new Map<string, Uint8Array>();
  readonly #private: ReadonlyMap<string, Uint8Array>;
  readonly #privateWrites: PrivateWriteOrPurge[] = [];

  /** `secrets`: values of private keys, by `<collection>/<key>`. */
  constructor(state: WorldState, secrets: ReadonlyMap<string, Uint8Array> = new Map()) {
    this.#state = state;
    this.#private = secrets;
  }

  reads(): readonly StateRead[] {
    return [...this.#reads].map(([key, version]) => ({ key, version })).sort(byKey);
  }

  writes(): readonly StateWriteOrDelete[] {
    return [...this.#writes].map(([key, value]) => (value ? { key, value } : { key })).sort(byKey);
  }

  policies(): readonly PolicyWrite[] {
    return [...this.#policies].map(([key, policy]) => ({ key, policy })).sort(byKey);
  }

  /** In the order in which they were written. */
  privateWrites(): readonly PrivateWriteOrPurge[] {
    return this.#privateWrites;
  }

  /** What the shim has no method for: requests for several keys at once. */
  async _askPeerAndListen(message: ShimMessage): Promise<Uint8Array> {
    const payload = message.getPayload_asU8();
    if (message.getType() === 25) {
      const { keys, collection } = decode(GetStateMultiple, payload);
      const values = await Promise.all(keys.map((key) => this.handleGetState(collection, key)));
      return encode(GetStateMultipleResult, { values });
    }
    if (message.getType() !== 24) throw new Error(`the in-memory peer takes no ${String(message.getType())}`);
    for (const { type, key, value, collection, metadata } of decode(WriteBatchState, payload).records) {
      if (type === 9) await this.handlePutState(collection, key, value);
      else if (type === 21 && metadata)
        await this.handlePutStateMetadata(collection, key, metadata.metakey, metadata.value);
      else throw new Error(`the in-memory peer writes no ${String(type)}`);
    }
    return new Uint8Array();
  }

  handleGetState(collection: string, key: string): Promise<Uint8Array> {
    if (collection !== '')
      return Promise.resolve(this.#private.get(`${collection}/${key}`) ?? Buffer.alloc(0));
    const committed = this.#state.get(key);
    this.#reads.set(key, committed?.version);
    return Promise.resolve(committed ? Buffer.from(committed.value) : Buffer.alloc(0));
  }

  handlePutState(collection: string, key: string, value: Uint8Array): Promise<void> {
    if (collection !== '') {
      this.#privateWrites.push({ collection, key, value: Buffer.from(value) });
      return Promise.resolve();
    }
    // Fabric's state has no empty values: writing one deletes the key.
    this.#writes.set(key, value.length > 0 ? Buffer.from(value) : undefined);
    return Promise.resolve();
  }

  handlePurgeState(collection: string, key: string): Promise<void> {
    this.#privateWrites.push({ collection, key });
    return Promise.resolve();
  }

  handleDeleteState(collection: string, key: string): Promise<void> {
    refuseCollection(collection);
    this.#writes.set(key, undefined);
    return Promise.resolve();
  }

  handleGetStateMetadata(collection: string, key: string): Promise<Readonly<Record<string, Uint8Array>>> {
    refuseCollection(collection);
    const committed = this.#state.get(key);
    this.#reads.set(key, committed?.version);
    return Promise.resolve(
      committed?.policy ? { [VALIDATION_PARAMETER]: Buffer.from(committed.policy) } : {},
    );
  }

  handlePutStateMetadata(
    collection: string,
    key: string,
    metadata: string,
    policy: Uint8Array,
  ): Promise<void> {
    refuseCollection(collection);
    if (metadata !== VALIDATION_PARAMETER) throw new Error(`Fabric knows no metadata ${metadata}`);
    this.#policies.set(key, Buffer.from(policy));
    return Promise.resolve();
  }

  /** From `startKey` up to, and without, `endKey`; an empty end is no end. Each key handed over is in the read set. */
  handleGetStateByRange(
    collection: string,
    startKey: string,
    endKey: string,
  ): Promise<{ iterator: RangeIterator }> {
    refuseCollection(collection);
    const entries = [...this.#state]
      .map(([key, committed]) => ({ key, ...committed }))
      .filter(
        ({ key }) => compareBytes(key, startKey) >= 0 && (endKey === '' || compareBytes(key, endKey) < 0),
      )
      .sort(byKey);
    return Promise.resolve({
      iterator: new RangeIterator(entries, ({ key, version }) => this.#reads.set(key, version)),
    });
  }
}

interface RangeEntry extends CommittedValue {
  readonly key: string;
}

/** Hands out a range in order, with the shim's way of ending: `done` comes with the first call behind the last entry. */
class RangeIterator {
  #at = 0;
  readonly #entries: readonly RangeEntry[];
  readonly #onRead: (entry: RangeEntry) => void;

  constructor(entries: readonly RangeEntry[], onRead: (entry: RangeEntry) => void) {
    this.#entries = entries;
    this.#onRead = onRead;
  }

  next(): Promise<{
    readonly done: boolean;
    readonly value?: { readonly key: string; readonly value: Uint8Array };
  }> {
    const entry = this.#entries[this.#at];
    if (entry === undefined) return Promise.resolve({ done: true });
    this.#at += 1;
    this.#onRead(entry);
    return Promise.resolve({ done: false, value: { key: entry.key, value: entry.value } });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function refuseCollection(collection: string): void {
  if (collection !== '')
    throw new Error(`the in-memory peer keeps no private data (collection ${collection})`);
}

function byKey(one: { readonly key: string }, other: { readonly key: string }): number {
  return compareBytes(one.key, other.key);
}

/** Fabric orders keys by their UTF-8 bytes; JavaScript compares UTF-16 units, which differs above U+FFFF. */
export function compareBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
