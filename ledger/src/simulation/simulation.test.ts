import { expect } from 'chai';
import { decode, encode, utf8 } from '../codec/index.js';
import { readReadWriteSet } from '../rwset/index.js';
import { MemoryState } from '../state/index.js';
import { rwsetOf, simulate, simulateOn } from '../testing/simulations.js';
import {
  DelState,
  GetHistoryForKey,
  GetState,
  GetStateMultiple,
  GetStateMultipleResult,
  KeyModification,
  MessageType,
  PutState,
  QueryResponse,
  WriteBatchState,
} from './shim-messages.js';

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
