import { expect } from 'chai';
import { decode, encode, utf8 } from '../codec/index.js';
import { ChaincodeInput, ChaincodeSpec } from '../proto/index.js';
import { readReadWriteSet } from '../rwset/index.js';
import { MemoryState } from '../state/index.js';
import { accessTo, NAMESPACE, range, rwsetOf, simulate, simulateOn } from '../testing/simulations.js';
import { readChaincodeRequest } from './other-chaincodes.js';
import { GetState, MessageType, PutState } from './shim-messages.js';
import type { ChaincodeDefinition } from '../lifecycle/index.js';

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
