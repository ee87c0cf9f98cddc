import { expect } from 'chai';
import { decode, encode, utf8 } from '../codec/index.js';
import { keyOf, range, rwsetOf, simulate } from '../testing/simulations.js';
import {
  IteratorId,
  KeyValue,
  MessageType,
  PutState,
  QueryResponse,
  QueryResponseMetadata,
} from './shim-messages.js';

/** Keys and id of a QueryResponse. */
function readResponse(payload: Uint8Array): { keys: string[]; hasMore: boolean; id: string } {
  const { results, hasMore, id } = decode(QueryResponse, payload);
  return { keys: results.map(({ resultBytes }) => decode(KeyValue, resultBytes).key), hasMore, id };
}

describe('ranges that a simulation reads', () => {
  it('hands over 100 results at a time and records the one it read ahead', () => {
    const simulation = simulate(130);
    const first = readResponse(simulation.answer(MessageType.GET_STATE_BY_RANGE, range('k', 'l')));
    expect(first.keys).to.have.length(100);
    expect(first.hasMore).to.equal(true);
    const [recorded] = rwsetOf(simulation)[0]?.ranges ?? [];
    expect(recorded).to.include({ start: 'k', end: keyOf(100), exhausted: false });
    expect(recorded?.summary).not.to.equal(undefined);
  });

  it('goes on where it stopped until the range is exhausted', () => {
    const simulation = simulate(230);
    let { keys, hasMore, id } = readResponse(
      simulation.answer(MessageType.GET_STATE_BY_RANGE, range('k', 'l')),
    );
    const all = [...keys];
    while (hasMore) {
      ({ keys, hasMore, id } = readResponse(
        simulation.answer(MessageType.QUERY_STATE_NEXT, encode(IteratorId, { id })),
      ));
      all.push(...keys);
    }
    expect(all).to.deep.equal(Array.from({ length: 230 }, (_, index) => keyOf(index)));
    expect(rwsetOf(simulation)[0]?.ranges[0]).to.include({ start: 'k', end: 'l', exhausted: true });
  });

  it('records up to 50 results themselves', () => {
    const simulation = simulate(50);
    simulation.answer(MessageType.GET_STATE_BY_RANGE, range('', ''));
    const [recorded] = rwsetOf(simulation)[0]?.ranges ?? [];
    expect(recorded?.reads).to.have.length(50);
    expect(recorded).to.include({ start: '', end: '', exhausted: true });
  });

  it('knows nothing of a query that was closed', () => {
    const simulation = simulate(130);
    const { id } = readResponse(simulation.answer(MessageType.GET_STATE_BY_RANGE, range('k', 'l')));
    simulation.answer(MessageType.QUERY_STATE_CLOSE, encode(IteratorId, { id }));
    expect(() => simulation.answer(MessageType.QUERY_STATE_NEXT, encode(IteratorId, { id }))).to.throw(
      'query iterator not found',
    );
  });

  it('gives one page and the key where the next one starts', () => {
    const simulation = simulate(5);
    const page = simulation.answer(MessageType.GET_STATE_BY_RANGE, range('k', 'l', { pageSize: 2 }));
    expect(readResponse(page)).to.include({ hasMore: false });
    expect(readResponse(page).keys).to.deep.equal(['k000', 'k001']);
    const metadata = decode(QueryResponseMetadata, decode(QueryResponse, page).metadata);
    expect(metadata).to.deep.equal({ fetchedRecordsCount: 2, bookmark: 'k002' });

    const last = simulation.answer(
      MessageType.GET_STATE_BY_RANGE,
      range('k', 'l', { pageSize: 10, bookmark: 'k002' }),
    );
    expect(readResponse(last).keys).to.deep.equal(['k002', 'k003', 'k004']);
    expect(decode(QueryResponseMetadata, decode(QueryResponse, last).metadata).bookmark).to.equal('');
  });

  it('keeps pages out of writing transactions, whichever comes first', () => {
    const put = encode(PutState, { key: 'a', value: utf8('1') });
    const paged = simulate(5);
    paged.answer(MessageType.GET_STATE_BY_RANGE, range('k', 'l', { pageSize: 2 }));
    expect(() => paged.answer(MessageType.PUT_STATE, put)).to.throw('Writes are not allowed');

    const written = simulate(5);
    written.answer(MessageType.PUT_STATE, put);
    const page = range('k', 'l', { pageSize: 2 });
    expect(() => written.answer(MessageType.GET_STATE_BY_RANGE, page)).to.throw(
      'only in a read-only transaction',
    );
  });
});
