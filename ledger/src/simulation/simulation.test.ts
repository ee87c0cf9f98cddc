import { expect } from 'chai';
import { decode, encode, utf8 } from '../codec/index.js';
import { ChaincodeInput, ChaincodeSpec } from '../proto/index.js';
import { readReadWriteSet } from '../rwset/index.js';
import { MemoryState } from '../state/index.js';
import type { ReadWriteSet } from '../rwset/index.js';

import {
  DelState,
  GetHistoryForKey,
  GetState,
  GetStateByRange,
  GetStateMultiple,
  GetStateMultipleResult,
  IteratorId,
  KeyModification,
  KeyValue,
  MessageType,
  PutState,
  QueryMetadata,
  QueryResponse,
  QueryResponseMetadata,
  WriteBatchState,
} from './shim-messages.js';
import { accessTo, NAMESPACE, simulateOn } from '../testing/simulations.js';
import { readChaincodeRequest } from './other-chaincodes.js';
import type { ChaincodeDefinition } from '../lifecycle/index.js';
import type { Simulation } from './simulation.js';

/** A state with the keys k000, k001 … written by block 3, each by a transaction of its own. */
function stateOf(count: number): MemoryState {
  const state = new MemoryState();
  state.apply(
    Array.from({ length: count }, (_, tx) => ({
      namespace: NAMESPACE,
      key: keyOf(tx),
      value: utf8(`value ${tx}`),
      version: { block: 3, tx },
    })),
  );
  return state;
}

const keyOf = (index: number): string => `k${String(index).padStart(3, '0')}`;

function simulate(count = 0): Simulation {
  return simulateOn({ state: stateOf(count), history: () => [] });
}

/** What was recorded under the chaincode's own name. */
const rwsetOf = (simulation: Simulation): ReadWriteSet =>
  readReadWriteSet(simulation.results().publicBytes).filter(({ namespace }) => namespace === NAMESPACE);

const range = (
  startKey: string,
  endKey: string,
  paging?: { pageSize: number; bookmark?: string },
): Uint8Array =>
  encode(GetStateByRange, { startKey, endKey, ...(paging && { metadata: encode(QueryMetadata, paging) }) });

/** Keys and id of a QueryResponse. */
function readResponse(payload: Uint8Array): { keys: string[]; hasMore: boolean; id: string } {
  const { results, hasMore, id } = decode(QueryResponse, payload);
  return { keys: results.map(({ resultBytes }) => decode(KeyValue, resultBytes).key), hasMore, id };
}

describe('Simulation', () => {
  it('reads the sequence of the chaincode’s definition before anything else', () => {
    const [lifecycle, ...others] = readReadWriteSet(simulate().results().publicBytes);
    expect(others).to.deep.equal([]);
    expect(lifecycle).to.deep.include({
      namespace: '_lifecycle',
      reads: [{ key: 'namespaces/fields/passage/Sequence' }],
      writes: [],
    });
  });

  describe('reads and writes', () => {
    it('answers a read with the value and records its version', () => {
      const simulation = simulate(2);
      const value = simulation.answer(MessageType.GET_STATE, encode(GetState, { key: 'k001' }));
      expect(Buffer.from(value).toString()).to.equal('value 1');
      expect(rwsetOf(simulation)[0]?.reads).to.deep.equal([{ key: 'k001', version: { block: 3, tx: 1 } }]);
    });

    it('answers the read of a missing key with nothing and records that it was missing', () => {
      const simulation = simulate();
      expect(simulation.answer(MessageType.GET_STATE, encode(GetState, { key: 'x' }))).to.have.length(0);
      expect(rwsetOf(simulation)[0]?.reads).to.deep.equal([{ key: 'x' }]);
    });

    it('does not show a run its own writes', () => {
      const simulation = simulate(1);
      simulation.answer(MessageType.PUT_STATE, encode(PutState, { key: 'k000', value: utf8('new') }));
      const value = simulation.answer(MessageType.GET_STATE, encode(GetState, { key: 'k000' }));
      expect(Buffer.from(value).toString()).to.equal('value 0');
    });

    it('takes an empty value for a deletion, as a deletion itself', () => {
      const simulation = simulate();
      simulation.answer(MessageType.PUT_STATE, encode(PutState, { key: 'a' }));
      simulation.answer(MessageType.DEL_STATE, encode(DelState, { key: 'b' }));
      simulation.answer(MessageType.PUT_STATE, encode(PutState, { key: 'c', value: utf8('1') }));
      const writes = rwsetOf(simulation)[0]?.writes.map(({ key, value }) => [key, value === undefined]);
      expect(writes).to.deep.equal([
        ['a', true],
        ['b', true],
        ['c', false],
      ]);
    });
  });

  describe('ranges', () => {
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

  describe('history', () => {
    it('tells what was written to a key, without a trace in the read set', () => {
      const written = { txId: 't', timestamp: { seconds: 5, nanos: 6 }, isDelete: false, value: utf8('v') };
      const ledger = { state: new MemoryState(), history: () => [written] };
      const simulation = simulateOn(ledger);
      const payload = simulation.answer(
        MessageType.GET_HISTORY_FOR_KEY,
        encode(GetHistoryForKey, { key: 'a' }),
      );
      const [result] = decode(QueryResponse, payload).results;
      expect(decode(KeyModification, result?.resultBytes ?? new Uint8Array())).to.deep.equal(written);
      expect(rwsetOf(simulation)).to.deep.equal([]);
    });
  });

  describe('several keys in one request', () => {
    it('are read in the order in which they are named, absent ones as no bytes', () => {
      const simulation = simulate(2);
      const keys = ['k001', 'absent', 'k000'];
      const payload = simulation.answer(MessageType.GET_STATE_MULTIPLE, encode(GetStateMultiple, { keys }));
      const { values } = decode(GetStateMultipleResult, payload);
      expect(values.map((value) => Buffer.from(value).toString())).to.deep.equal(['value 1', '', 'value 0']);
      expect(rwsetOf(simulation)[0]?.reads.map(({ key }) => key)).to.deep.equal(['absent', 'k000', 'k001']);
    });

    it('are written as each record says', () => {
      const simulation = simulate(2);
      const metadata = { metakey: 'VALIDATION_PARAMETER', value: utf8('policy') };
      const records = [
        { type: MessageType.PUT_STATE, key: 'new', value: utf8('1') },
        { type: MessageType.DEL_STATE, key: 'k000' },
        { type: MessageType.PUT_STATE_METADATA, key: 'k001', metadata },
      ];
      simulation.answer(MessageType.WRITE_BATCH_STATE, encode(WriteBatchState, { records }));
      const [rwset] = rwsetOf(simulation);
      expect(rwset?.writes).to.deep.equal([{ key: 'k000' }, { key: 'new', value: utf8('1') }]);
      expect(rwset?.metadataWrites.map(({ key }) => key)).to.deep.equal(['k001']);
    });

    it('are refused in Fabric’s words where a record is of no type that writes', () => {
      const records = [{ type: MessageType.GET_STATE, key: 'k' }];
      const payload = encode(WriteBatchState, { records });
      expect(() => simulate().answer(MessageType.WRITE_BATCH_STATE, payload)).to.throw(
        'unknown operation type',
      );
    });
  });

  describe('calls of other chaincodes', () => {
    const asked = (name: string, isInit = false): Uint8Array =>
      encode(ChaincodeSpec, { chaincodeId: { name }, input: { args: [utf8('f')], isInit } });
    const calling =
      (name: string, simulation = simulate()) =>
      (): unknown =>
        simulation.answer(MessageType.INVOKE_CHAINCODE, asked(name));

    it('name the chaincode, a version that counts for nothing, and the channel if it is another one', () => {
      for (const [name, chaincode, channel] of [
        ['other', 'other', 'ch'],
        ['other:7', 'other', 'ch'],
        ['other/x', 'other', 'x'],
        ['other:7/x/y:z', 'other', 'x/y:z'],
        ['other/', 'other', 'ch'],
        ['', '', 'ch'],
      ] as const) {
        const request = readChaincodeRequest(asked(name, true), 'ch');
        expect(request, name).to.deep.include({ chaincode, channel, isInit: true });
        expect(decode(ChaincodeInput, request.input).args).to.deep.equal([utf8('f')]);
      }
    });

    it('fail where the channel has no such chaincode, after both places were read where it could be', () => {
      const simulation = simulate();
      expect(calling('other', simulation)).to.throw(
        'execute failed: invalid invocation: [channel ch] failed to get chaincode container info for other: chaincode other not found',
      );
      const reads = readReadWriteSet(simulation.results().publicBytes).flatMap(({ namespace, reads: all }) =>
        all.map(({ key }) => `${namespace} ${key}`),
      );
      expect(reads).to.deep.equal([
        '_lifecycle namespaces/fields/other/Sequence',
        '_lifecycle namespaces/fields/passage/Sequence',
        'lscc other',
      ]);
    });

    it('fail where a chaincode calls itself, or a channel that is not here', () => {
      expect(calling('passage')).to.throw('execute failed: error sending: txid: tx1(ch) exists');
      expect(calling('passage/x')).to.throw('Failed to get policy manager for channel [x]');
    });

    it('record what the called one does under its own name, pages and writes of both together', () => {
      const simulation = simulate(3);
      const called = simulation.call('other', accessTo('other'));
      called.answer(MessageType.GET_STATE, encode(GetState, { key: 'k000' }));
      called.answer(MessageType.PUT_STATE, encode(PutState, { key: 'a', value: utf8('1') }));
      called.answer(MessageType.GET_STATE_BY_RANGE, range('', ''));
      simulation.call('other', accessTo('other')).answer(MessageType.GET_STATE_BY_RANGE, range('x', 'y'));
      expect(() =>
        simulation.answer(MessageType.GET_STATE_BY_RANGE, range('k', 'l', { pageSize: 2 })),
      ).to.throw('only in a read-only transaction');
      const sets = readReadWriteSet(simulation.results().publicBytes);
      expect(sets.map(({ namespace }) => namespace)).to.deep.equal(['_lifecycle', 'other']);
      expect(sets[1]?.reads).to.deep.equal([{ key: 'k000' }]);
      expect(sets[1]?.writes.map(({ key }) => key)).to.deep.equal(['a']);
      expect(sets[1]?.ranges.map(({ start }) => start)).to.deep.equal(['', 'x']);
    });

    it('reach a chaincode that is initialised, where its definition asks for that', () => {
      const definition = { version: '2', initRequired: true } as ChaincodeDefinition;
      const key = '\u0000\u{10ffff}initialized';
      const state = new MemoryState();
      const fresh = simulateOn({ state, history: () => [] });
      expect(() => {
        fresh.checkInitialized(definition, false);
      }).to.throw("invalid invocation: chaincode 'passage' has not been initialized for this version");
      fresh.checkInitialized(definition, true);
      expect(rwsetOf(fresh)[0]).to.deep.include({ reads: [{ key }], writes: [{ key, value: utf8('2') }] });
      state.apply([{ namespace: NAMESPACE, key, value: utf8('2'), version: { block: 1, tx: 0 } }]);
      const ready = simulateOn({ state, history: () => [] });
      ready.checkInitialized(definition, false);
      expect(() => {
        ready.checkInitialized(definition, true);
      }).to.throw("chaincode 'passage' is already initialized but called as init");
      expect(() => {
        simulate().checkInitialized({ ...definition, initRequired: false }, true);
      }).to.throw("chaincode 'passage' does not require initialization but called as init");
    });
  });

  describe('what is not supported yet', () => {
    const cases: readonly [name: string, type: number, payload: Uint8Array][] = [
      ['anything unknown', 99, utf8('')],
    ];
    for (const [name, type, payload] of cases) {
      it(`refuses ${name} in words, and records nothing`, () => {
        const simulation = simulate();
        expect(() => simulation.answer(type, payload)).to.throw(/^NOT_SUPPORTED_YET: /);
        expect(rwsetOf(simulation)).to.deep.equal([]);
      });
    }
  });
});
