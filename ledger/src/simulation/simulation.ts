import { decode, encode } from '../codec/index.js';
import { sequenceKey } from '../lifecycle/index.js';
import { KVMetadataWrite } from '../proto/index.js';
import { RwsetBuilder } from '../rwset/index.js';
import { LIFECYCLE_NAMESPACE } from '../state/index.js';
import type { ChaincodeDefinition } from '../lifecycle/index.js';
import type { ChaincodeInterest } from '../proto/index.js';
import type { SimulationResults } from '../rwset/index.js';
import type { StateEntry, StateReader } from '../state/index.js';

import {
  DelState,
  GetState,
  GetStateByRange,
  GetStateMetadata,
  GetStateMultiple,
  GetStateMultipleResult,
  MessageType,
  PutState,
  PutStateMetadata,
  StateMetadataResult,
  WriteBatchState,
  messageTypeName,
} from './shim-messages.js';
import type { WriteRecord } from './shim-messages.js';
import type { CollectionAccess } from './collection-access.js';
import { Interest } from './interest.js';
import { notSupportedYet } from './not-supported.js';
import { checkInitialized, missingChaincode, type RecordedState } from './invocation.js';
import { readChaincodeRequest, runsAlready } from './other-chaincodes.js';
import { PrivateData } from './private-data.js';
import { Queries, readPaging } from './queries.js';
import type { SimulatedLedger } from './queries.js';
import { QueryGuard } from './query-guard.js';

const NOTHING = new Uint8Array();

/** What GetState, DelState and the like name. */
interface KeyInCollection {
  readonly key: string;
  readonly collection: string;
}

/** What one simulation runs over. */
export interface SimulationParts {
  readonly ledger: SimulatedLedger;
  /** The private values of the organisation whose peer simulates. */
  readonly privateState: StateReader;
  readonly collections: CollectionAccess;
  readonly channel: string;
  readonly chaincode: string;
  readonly txId: string;
}

/** What all chaincodes of one transaction share. */
interface Transaction {
  readonly rwset: RwsetBuilder;
  readonly guard: QueryGuard;
}

/**
 * One run of a chaincode over the world state (F:core/ledger/kvledger/txmgmt/txmgr/tx_simulator.go): reads see the state
 * as committed, never what the same run has written; everything is gathered for the read-write set. The first read is that of
 * the chaincode's own definition.
 */
export class Simulation {
  readonly #parts: SimulationParts;
  readonly #state: StateReader;
  readonly #namespace: string;
  readonly #rwset: RwsetBuilder;
  readonly #queries: Queries;
  readonly #guard: QueryGuard;
  readonly #interest: Interest;
  readonly #private: PrivateData;
  readonly #answers: ReadonlyMap<number, (payload: Uint8Array) => Uint8Array>;
  readonly #called: Simulation[] = [];

  /** @param within the transaction that another chaincode has begun; a new one if nothing is said */
  constructor(
    parts: SimulationParts,
    within: Transaction = { rwset: new RwsetBuilder(), guard: new QueryGuard(parts.txId) },
  ) {
    const { ledger, privateState, collections, chaincode } = parts;
    this.#parts = parts;
    this.#state = ledger.state;
    this.#namespace = chaincode;
    this.#rwset = within.rwset;
    this.#guard = within.guard;
    this.#queries = new Queries(ledger, chaincode);
    this.#interest = new Interest(chaincode);
    this.#private = new PrivateData({
      chaincode,
      state: ledger.state,
      privateState,
      access: collections,
      rwset: this.#rwset,
      interest: this.#interest,
      guard: this.#guard,
    });
    this.#answers = this.#handlers();
    this.#read(LIFECYCLE_NAMESPACE, sequenceKey(chaincode));
  }

  /**
   * Answers one request of the shim: the payload of the RESPONSE.
   *
   * @throws Error with the reason if the request cannot be served
   */
  answer(type: number, payload: Uint8Array): Uint8Array {
    const handle = this.#answers.get(type);
    if (handle === undefined) throw notSupportedYet(`answer to ${messageTypeName(type)}`);
    return handle(payload);
  }

  /**
   * The run of a chaincode that this one calls on the same channel: what it reads and writes stands in the same set under its
   * own name, also where it fails in the end (F:core/chaincode/handler.go, HandleInvokeChaincode).
   */
  call(chaincode: string, collections: CollectionAccess): Simulation {
    const transaction = { rwset: this.#rwset, guard: this.#guard };
    const called = new Simulation({ ...this.#parts, chaincode, collections }, transaction);
    this.#called.push(called);
    return called;
  }

  /** Looks for a chaincode to call that the channel does not define. @returns the failure of the call */
  callMissing(chaincode: string): Error {
    return missingChaincode(this.#recorded, chaincode, this.#parts.channel);
  }

  /** Whether the chaincode may be called as its definition is. @throws Error in Fabric's words */
  checkInitialized(definition: ChaincodeDefinition, isInit: boolean): void {
    checkInitialized(this.#recorded, this.#namespace, definition, isInit);
  }

  /** Everything that was read and written, by this chaincode and those it called. To be called once, at the end. */
  results(): SimulationResults {
    this.#addRanges();
    return this.#rwset.build();
  }

  #addRanges(): void {
    for (const range of this.#queries.recorded()) this.#rwset.addRange(this.#namespace, range);
    for (const called of this.#called) called.#addRanges();
  }

  get #recorded(): RecordedState {
    return {
      read: (namespace, key) => this.#read(namespace, key),
      write: (key, value) => this.#write({ collection: '', key, value }),
    };
  }

  /** What a gateway needs to choose endorsers. @throws Error if a written key has a policy that is none */
  interest(): ChaincodeInterest {
    return this.#interest.build();
  }

  /** Whether another organisation's peer could have got another result, because private values were read. */
  get dependsOnOrganization(): boolean {
    return this.#private.hasReadValues;
  }

  #handlers(): Map<number, (payload: Uint8Array) => Uint8Array> {
    const quiet = (work: (payload: Uint8Array) => void) => (payload: Uint8Array) => {
      work(payload);
      return NOTHING;
    };
    return new Map([
      [MessageType.GET_STATE, (payload) => this.#get(decode(GetState, payload))],
      [MessageType.GET_STATE_MULTIPLE, (payload) => this.#getMultiple(payload)],
      [MessageType.PUT_STATE, quiet((payload) => this.#write(decode(PutState, payload)))],
      [MessageType.DEL_STATE, quiet((payload) => this.#delete(decode(DelState, payload)))],
      [MessageType.WRITE_BATCH_STATE, quiet((payload) => this.#writeBatch(payload))],
      [MessageType.GET_STATE_METADATA, (payload) => this.#getMetadata(payload)],
      [
        MessageType.PUT_STATE_METADATA,
        quiet((payload) => this.#putMetadata(decode(PutStateMetadata, payload))),
      ],
      [MessageType.GET_PRIVATE_DATA_HASH, (payload) => this.#getHash(payload)],
      [MessageType.PURGE_PRIVATE_DATA, quiet((payload) => this.#purge(decode(DelState, payload)))],
      [MessageType.GET_STATE_BY_RANGE, (payload) => this.#range(payload)],
      [MessageType.GET_HISTORY_FOR_KEY, (payload) => this.#queries.startHistory(payload)],
      [MessageType.GET_QUERY_RESULT, () => fail('ExecuteQuery not supported for leveldb')],
      [MessageType.INVOKE_CHAINCODE, (payload) => this.#callNobody(payload)],
      [MessageType.QUERY_STATE_NEXT, (payload) => this.#queries.next(payload)],
      [MessageType.QUERY_STATE_CLOSE, (payload) => this.#queries.close(payload)],
    ]);
  }

  /**
   * The failure of a call where the channel has no other chaincode. A chaincode cannot call itself within its own transaction,
   * so every call is one; whoever runs several answers calls before they come here.
   */
  #callNobody(payload: Uint8Array): never {
    const { channel: own, txId } = this.#parts;
    const { chaincode, channel } = readChaincodeRequest(payload, own);
    if (channel !== own) fail(`Failed to get policy manager for channel [${channel}]`);
    throw chaincode === this.#namespace ? runsAlready(txId, own) : this.callMissing(chaincode);
  }

  #get({ key, collection }: KeyInCollection): Uint8Array {
    if (collection !== '') return this.#private.get(collection, key);
    return this.#read(this.#namespace, key)?.value ?? NOTHING;
  }

  #getMultiple(payload: Uint8Array): Uint8Array {
    const { keys, collection } = decode(GetStateMultiple, payload);
    return encode(GetStateMultipleResult, { values: keys.map((key) => this.#get({ key, collection })) });
  }

  #getHash(payload: Uint8Array): Uint8Array {
    const { key, collection } = decode(GetState, payload);
    return this.#private.hash(collection, key);
  }

  #read(namespace: string, key: string): StateEntry | undefined {
    const entry = this.#state.get(namespace, key);
    this.#rwset.addRead(namespace, key, entry?.version);
    return entry;
  }

  #delete({ key, collection }: KeyInCollection): void {
    this.#write({ key, collection, value: NOTHING });
  }

  #purge({ key, collection }: KeyInCollection): void {
    this.#private.purge(collection, key);
  }

  #write({ collection, key, value }: KeyInCollection & { readonly value: Uint8Array }): void {
    if (collection !== '') {
      this.#private.put(collection, key, value);
      return;
    }
    this.#beforePublicWrite(key);
    this.#rwset.addWrite(this.#namespace, key, value);
  }

  /** F:core/chaincode/handler.go, HandleWriteBatch: each record as the message of its type. */
  #writeBatch(payload: Uint8Array): void {
    const writers = new Map<number, (record: WriteRecord) => void>([
      [MessageType.PUT_STATE, (record) => this.#write(record)],
      [MessageType.DEL_STATE, (record) => this.#delete(record)],
      [MessageType.PURGE_PRIVATE_DATA, (record) => this.#purge(record)],
      [MessageType.PUT_STATE_METADATA, (record) => this.#putMetadata(record)],
    ]);
    for (const record of decode(WriteBatchState, payload).records) {
      const write = writers.get(record.type);
      if (write === undefined) throw new Error('unknown operation type');
      write(record);
    }
  }

  #beforePublicWrite(key: string): void {
    this.#guard.beforeWrite();
    this.#interest.noteWrite(this.#state.get(this.#namespace, key));
  }

  #getMetadata(payload: Uint8Array): Uint8Array {
    const { key, collection } = decode(GetStateMetadata, payload);
    const metadata =
      collection === ''
        ? this.#read(this.#namespace, key)?.metadata
        : this.#private.metadata(collection, key);
    const { entries } = decode(KVMetadataWrite, metadata ?? NOTHING);
    return encode(StateMetadataResult, {
      entries: entries.map(({ name: metakey, value }) => ({ metakey, value })),
    });
  }

  #putMetadata({ key, collection, metadata }: Pick<WriteRecord, 'key' | 'collection' | 'metadata'>): void {
    const entries = new Map([[metadata?.metakey ?? '', metadata?.value ?? NOTHING]]);
    if (collection !== '') {
      this.#private.putMetadata(collection, key, entries);
      return;
    }
    this.#beforePublicWrite(key);
    this.#rwset.addMetadataWrite(this.#namespace, key, entries);
  }

  #range(payload: Uint8Array): Uint8Array {
    const request = decode(GetStateByRange, payload);
    const { collection, startKey, endKey } = request;
    const paging = readPaging(request);
    if (collection !== '') {
      const rows = this.#private.range(collection, startKey, endKey);
      return this.#queries.startPrivateRange(rows, paging);
    }
    if (paging !== undefined) this.#guard.beforePage();
    return this.#queries.startRange(request, paging);
  }
}

function fail(why: string): never {
  throw new Error(why);
}
