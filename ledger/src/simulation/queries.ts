import { decode, encode } from '../codec/index.js';
import type { RangeQuery } from '../rwset/index.js';
import type { StateEntry, StateReader } from '../state/index.js';

import {
  GetHistoryForKey,
  GetStateByRange,
  IteratorId,
  KeyModification,
  KeyValue,
  QueryMetadata,
  QueryResponse,
  QueryResponseMetadata,
} from './shim-messages.js';
import { RangeCursor } from './range-cursor.js';

/** One entry of a key's history. */
export interface HistoryEntry {
  readonly txId: string;
  /** The transaction's own timestamp (its client's clock). */
  readonly timestamp: { readonly seconds: number; readonly nanos: number };
  readonly isDelete: boolean;
  /** Empty when deleted. */
  readonly value: Uint8Array;
}

/** What a simulation reads. */
export interface SimulatedLedger {
  readonly state: StateReader;
  /** Every valid write of a key, newest first (F:core/ledger/kvledger/history). */
  history(namespace: string, key: string): readonly HistoryEntry[];
}

/** Results that a peer hands to the shim at once (F:core/chaincode/chaincode_support.go, MaxResultLimit). */
const BATCH = 100;

/** Results of one query at most (ledger.state.totalQueryLimit). */
const TOTAL_LIMIT = 100_000;

/** Gives out one encoded result after another, and undefined at the end. */
type Source = () => Uint8Array | undefined;

interface OpenQuery {
  readonly source: Source;
  /** Results at most. */
  readonly limit: number;
  /** The row that was taken to learn whether there is more: the first of the next batch. */
  readonly pending: Uint8Array[];
  taken: number;
}

/** The queries of one simulation (F:core/chaincode/query_response_generator.go). */
export class Queries {
  readonly #ledger: SimulatedLedger;
  readonly #namespace: string;
  readonly #open = new Map<string, OpenQuery>();
  readonly #cursors: RangeCursor[] = [];
  #lastId = 0;

  constructor(ledger: SimulatedLedger, namespace: string) {
    this.#ledger = ledger;
    this.#namespace = namespace;
  }

  /** Starts a range query and returns its first QueryResponse; a page is complete with it. */
  startRange({ startKey, endKey }: GetStateByRange, paging: QueryMetadata | undefined): Uint8Array {
    const from = paging === undefined || paging.bookmark === '' ? startKey : paging.bookmark;
    const cursor = new RangeCursor(this.#ledger.state, this.#namespace, from, endKey);
    this.#cursors.push(cursor);
    const source = this.#rowsOf(cursor);
    return paging === undefined ? this.#start(source) : this.#page(source, cursor, paging);
  }

  /**
   * Starts a query over private values. Fabric has no pages of them: of a paging only the size counts, as the number of
   * results at most (F:core/chaincode/handler.go, HandleGetStateByRange).
   */
  startPrivateRange(
    rows: Iterator<readonly [string, StateEntry]>,
    paging: QueryMetadata | undefined,
  ): Uint8Array {
    const namespace = this.#namespace;
    const source = (): Uint8Array | undefined => {
      const next = rows.next();
      if (next.done === true) return undefined;
      const [key, { value }] = next.value;
      return encode(KeyValue, { namespace, key, value });
    };
    return this.#start(source, limitOf(paging));
  }

  /** Starts a query for what was written to a key, newest first. It leaves no trace in the read set. */
  startHistory(payload: Uint8Array): Uint8Array {
    const { key } = decode(GetHistoryForKey, payload);
    const entries = this.#ledger.history(this.#namespace, key).values();
    return this.#start(() => {
      const { value } = entries.next();
      return value && encode(KeyModification, value);
    });
  }

  /** The next QueryResponse of an open query. */
  next(payload: Uint8Array): Uint8Array {
    return this.#batch(decode(IteratorId, payload).id);
  }

  close(payload: Uint8Array): Uint8Array {
    const { id } = decode(IteratorId, payload);
    this.#open.delete(id);
    return encode(QueryResponse, { id });
  }

  /** Every range that was read, in the order in which the queries were started. */
  recorded(): RangeQuery[] {
    return this.#cursors.map((cursor) => cursor.recorded());
  }

  #rowsOf(cursor: RangeCursor): Source {
    const namespace = this.#namespace;
    return () => {
      const [key, entry] = cursor.next() ?? [];
      return entry && encode(KeyValue, { namespace, key, value: entry.value });
    };
  }

  #start(source: Source, limit: number = TOTAL_LIMIT): Uint8Array {
    const id = this.#nextId();
    this.#open.set(id, { source, limit, pending: [], taken: 0 });
    return this.#batch(id);
  }

  #page(source: Source, cursor: RangeCursor, paging: QueryMetadata): Uint8Array {
    const limit = limitOf(paging);
    const results: Uint8Array[] = [];
    while (results.length < limit) {
      const row = source();
      if (row === undefined) break;
      results.push(row);
    }
    const fetchedRecordsCount = results.length;
    const metadata = encode(QueryResponseMetadata, { fetchedRecordsCount, bookmark: cursor.peek() });
    return encodeResponse(this.#nextId(), results, false, metadata);
  }

  /** One batch, and the row after it, which is read and recorded to know that there is one. */
  #batch(id: string): Uint8Array {
    const query = this.#open.get(id);
    if (query === undefined) throw new Error('query iterator not found');
    while (query.taken < query.limit) {
      const row = query.source();
      if (row === undefined) break;
      query.taken += 1;
      query.pending.push(row);
      if (query.pending.length > BATCH) return encodeResponse(id, query.pending.splice(0, BATCH), true);
    }
    this.#open.delete(id);
    return encodeResponse(id, query.pending, false);
  }

  #nextId(): string {
    this.#lastId += 1;
    return String(this.#lastId);
  }
}

/** The paging that a range request asks for, or undefined where it asks for none. */
export function readPaging({ metadata }: GetStateByRange): QueryMetadata | undefined {
  const paging = decode(QueryMetadata, metadata);
  return paging.pageSize === 0 && paging.bookmark === '' ? undefined : paging;
}

/** F:core/chaincode/handler.go, calculateTotalReturnLimit. */
function limitOf(paging: QueryMetadata | undefined): number {
  const pageSize = paging?.pageSize ?? 0;
  return pageSize > 0 ? Math.min(pageSize, TOTAL_LIMIT) : TOTAL_LIMIT;
}

function encodeResponse(
  id: string,
  results: readonly Uint8Array[],
  hasMore: boolean,
  metadata?: Uint8Array,
): Uint8Array {
  return encode(QueryResponse, {
    results: results.map((resultBytes) => ({ resultBytes })),
    hasMore,
    id,
    metadata,
  });
}
