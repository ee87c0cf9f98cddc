import { LIFECYCLE_NAMESPACE, RwsetBuilder, decode, sequenceKey } from '@passage/ledger';
import type { StateReader } from '@passage/ledger';

import {
  DelState,
  GetState,
  GetStateByRange,
  MessageType,
  PutState,
  messageTypeName,
} from '../proto/shim.js';
import { notSupportedYet } from './not-supported.js';
import { Queries, readPaging } from './queries.js';
import type { SimulatedLedger } from './queries.js';

const NOTHING = new Uint8Array();

/** What a shim may ask for and a peer of the embedded network cannot do yet. */
const LATER = new Map<number, string>([
  [MessageType.INVOKE_CHAINCODE, 'calls from chaincode to chaincode'],
  [MessageType.GET_QUERY_RESULT, 'rich queries'],
  [MessageType.GET_STATE_METADATA, 'key-level policies'],
  [MessageType.PUT_STATE_METADATA, 'key-level policies'],
  [MessageType.GET_PRIVATE_DATA_HASH, 'private data'],
  [MessageType.PURGE_PRIVATE_DATA, 'private data'],
  [MessageType.WRITE_BATCH_STATE, 'write batches'],
  [MessageType.GET_STATE_MULTIPLE, 'reads of several keys at once'],
]);

/**
 * One run of a chaincode over the world state (F:core/ledger/kvledger/txmgmt/txmgr/tx_simulator.go): reads see the state
 * as committed, never what the same run has written; everything is gathered for the read-write set. The first read is that of
 * the chaincode's own definition.
 */
export class Simulation {
  readonly #state: StateReader;
  readonly #namespace: string;
  readonly #txId: string;
  readonly #rwset = new RwsetBuilder();
  readonly #queries: Queries;
  #hasWritten = false;
  #hasPaged = false;

  constructor(ledger: SimulatedLedger, namespace: string, txId: string) {
    this.#state = ledger.state;
    this.#namespace = namespace;
    this.#txId = txId;
    this.#queries = new Queries(ledger, namespace);
    this.#read(LIFECYCLE_NAMESPACE, sequenceKey(namespace));
  }

  /**
   * Answers one request of the shim: the payload of the RESPONSE.
   *
   * @throws Error with the reason if the request cannot be served
   */
  answer(type: number, payload: Uint8Array): Uint8Array {
    switch (type) {
      case MessageType.GET_STATE:
        return this.#get(payload);
      case MessageType.PUT_STATE:
        return this.#put(payload);
      case MessageType.DEL_STATE:
        return this.#delete(payload);
      case MessageType.GET_STATE_BY_RANGE:
        return this.#range(payload);
      case MessageType.GET_HISTORY_FOR_KEY:
        return this.#queries.startHistory(payload);
      case MessageType.QUERY_STATE_NEXT:
        return this.#queries.next(payload);
      case MessageType.QUERY_STATE_CLOSE:
        return this.#queries.close(payload);
      default:
        throw notSupportedYet(LATER.get(type) ?? `answer to ${messageTypeName(type)}`);
    }
  }

  /** rwset.TxReadWriteSet bytes of everything that was read and written. To be called once, at the end. */
  results(): Uint8Array {
    for (const range of this.#queries.recorded()) this.#rwset.addRange(this.#namespace, range);
    return this.#rwset.build().publicBytes;
  }

  #get(payload: Uint8Array): Uint8Array {
    const { key, collection } = decode(GetState, payload);
    refuseCollection(collection);
    return this.#read(this.#namespace, key);
  }

  #read(namespace: string, key: string): Uint8Array {
    const entry = this.#state.get(namespace, key);
    this.#rwset.addRead(namespace, key, entry?.version);
    return entry?.value ?? NOTHING;
  }

  #put(payload: Uint8Array): Uint8Array {
    const { key, value, collection } = decode(PutState, payload);
    refuseCollection(collection);
    return this.#write(key, value);
  }

  #delete(payload: Uint8Array): Uint8Array {
    const { key, collection } = decode(DelState, payload);
    refuseCollection(collection);
    return this.#write(key, NOTHING);
  }

  #write(key: string, value: Uint8Array): Uint8Array {
    if (this.#hasPaged) {
      throw this.#unsupported('Transaction has already performed a paginated query. Writes are not allowed');
    }
    this.#hasWritten = true;
    this.#rwset.addWrite(this.#namespace, key, value);
    return NOTHING;
  }

  #range(payload: Uint8Array): Uint8Array {
    const request = decode(GetStateByRange, payload);
    refuseCollection(request.collection);
    const paging = readPaging(request);
    if (paging !== undefined) {
      // Recorded pages would not be checked as the chaincode saw them, so Fabric keeps them out of writing transactions.
      if (this.#hasWritten) {
        throw this.#unsupported('Paginated queries are supported only in a read-only transaction');
      }
      this.#hasPaged = true;
    }
    return this.#queries.startRange(request, paging);
  }

  /** Fabric's sentence, its spelling included. */
  #unsupported(why: string): Error {
    return new Error(`txid [${this.#txId}]: unsuppored transaction. ${why}`);
  }
}

function refuseCollection(collection: string): void {
  if (collection !== '') throw notSupportedYet('private data');
}
