import { join } from 'node:path';

import { compareKeys, MemoryState, type StateUpdate } from '@passage/ledger';
import { expect } from 'chai';
import fc from 'fast-check';

import { temporaryFolder } from '../pki/organizations-fixture.js';
import { StateStore, type BlockEffects } from './state-store.js';

describe('StateStore', () => {
  let path: string;
  let store: StateStore;
  beforeEach(() => {
    path = join(temporaryFolder(), 'state.sqlite');
    store = new StateStore(path);
  });
  afterEach(() => {
    store.close();
  });

  const effects = (number: number, updates: readonly StateUpdate[] = []): BlockEffects => ({
    number,
    place: { file: 0, offset: number * 10, length: 10 },
    headerHash: Uint8Array.of(number),
    commitHash: Uint8Array.of(number, number),
    updates,
    touched: updates.map(({ namespace, key, version }) => ({ namespace, key, tx: version.tx })),
    transactions: [{ id: `tx-${number}`, index: 0, code: 0 }],
  });

  const update = (key: string, value: string | undefined, block: number, tx = 0): StateUpdate => ({
    namespace: 'cc',
    key,
    version: { block, tx },
    ...(value !== undefined && { value: Buffer.from(value) }),
  });

  it('keeps everything of a block over a restart', () => {
    const metadata = Uint8Array.of(1, 2, 3);
    store.apply(effects(0, [{ ...update('a', 'one', 0, 3), metadata }]));
    store.close();
    store = new StateStore(path);
    expect(store.get('cc', 'a')).to.deep.equal({
      value: new Uint8Array(Buffer.from('one')),
      version: { block: 0, tx: 3 },
      metadata,
    });
    expect(store.lastBlock()).to.deep.equal({
      number: 0,
      place: { file: 0, offset: 0, length: 10 },
      headerHash: Uint8Array.of(0),
      commitHash: Uint8Array.of(0, 0),
    });
    expect(store.transaction('tx-0')).to.deep.equal({ blockNumber: 0, index: 0, code: 0 });
  });

  it('applies a block as a whole or not at all', () => {
    store.apply(effects(0, [update('a', 'one', 0)]));
    const broken = { ...effects(1, [update('a', 'two', 1), update('b', 'new', 1)]) };
    const failing = {
      ...broken,
      transactions: {
        *[Symbol.iterator]() {
          yield { id: 'tx-1', index: 0, code: 0 };
          throw new Error('disk');
        },
      },
    };
    expect(() => {
      store.apply(failing);
    }).to.throw('disk');
    expect(store.get('cc', 'b')).to.equal(undefined);
    expect(Buffer.from(store.get('cc', 'a')?.value ?? '').toString()).to.equal('one');
    expect(store.transaction('tx-1')).to.equal(undefined);
    expect(store.lastBlock()?.number).to.equal(0);
    store.apply(broken);
    expect(store.lastBlock()?.number).to.equal(1);
  });

  it('keeps the first of two transactions with one id', () => {
    store.apply({ ...effects(0), transactions: [{ id: 'x', index: 4, code: 11 }] });
    store.apply({ ...effects(1), transactions: [{ id: 'x', index: 0, code: 9 }] });
    expect(store.transaction('x')).to.deep.equal({ blockNumber: 0, index: 4, code: 11 });
  });

  it('tells of every write, whatever was read before it', () => {
    const told: unknown[] = [];
    for (const [number, value] of ['one', 'two', undefined].entries()) {
      told.push(store.transaction(`tx-${number}`)?.blockNumber);
      store.apply({
        ...effects(number, [update('a', value, number, 0)]),
        transactions: [{ id: `tx-${number}`, index: 0, code: 0 }],
      });
      told.push(store.transaction(`tx-${number}`)?.blockNumber, store.get('cc', 'a')?.version.block);
    }
    expect(told).to.deep.equal([undefined, 0, 0, undefined, 1, 1, undefined, 2, undefined]);
    expect(store.get('c', 'ca')).to.equal(undefined);
  });

  it('tells the history of a key newest first, deletions included', () => {
    store.apply(effects(0, [update('a', 'one', 0, 2)]));
    store.apply(effects(1, [update('a', undefined, 1, 1)]));
    store.apply({ ...effects(2), touched: [0, 5].map((tx) => ({ namespace: 'cc', key: 'a', tx })) });
    expect(store.history('cc', 'a')).to.deep.equal([
      { block: 2, tx: 5 },
      { block: 2, tx: 0 },
      { block: 1, tx: 1 },
      { block: 0, tx: 2 },
    ]);
    expect(store.get('cc', 'a')).to.equal(undefined);
  });

  it('ranges over more than a page, and a range survives changes made while it runs', () => {
    const keys = Array.from({ length: 250 }, (_, index) => `k${String(index).padStart(4, '0')}`);
    store.apply(
      effects(
        0,
        keys.map((key) => update(key, key, 0)),
      ),
    );
    const seen: string[] = [];
    let number = 1;
    for (const [key] of store.range('cc', '', '')) {
      seen.push(key);
      if (seen.length === 120) store.apply(effects(number++, [update('k0000', undefined, 1)]));
    }
    expect(seen).to.deep.equal(keys);
  });

  it('answers every range as the in-memory state does, in byte order', function () {
    this.timeout(20_000);
    const key = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 3 }),
      fc.constantFrom('', 'a', 'a\u0000', '\u0000b', '\uffff', '\u{10000}', 'é', '__proto__'),
    );
    const updates = fc.array(fc.tuple(key, fc.boolean()), { maxLength: 30 });
    fc.assert(
      fc.property(updates, key, key, (writes, start, end) => {
        const memory = new MemoryState();
        const own = new StateStore(':memory:');
        writes.forEach(([name, isDelete], index) => {
          const change = [update(name, isDelete ? undefined : `v${index}`, index)];
          memory.apply(change);
          own.apply(effects(index, change));
        });
        const wanted = [...memory.range('cc', start, end)].map(([name, { version }]) => [name, version]);
        const got = [...own.range('cc', start, end)].map(([name, { version }]) => [name, version]);
        own.close();
        expect(got).to.deep.equal(wanted);
        expect(got.map(([name]) => name)).to.deep.equal(
          got.map(([name]) => name as string).sort(compareKeys),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('keeps namespaces apart and knows the empty key', () => {
    store.apply(effects(0, [{ ...update('', 'empty', 0), namespace: 'one' }]));
    expect(store.get('one', '')?.version).to.deep.equal({ block: 0, tx: 0 });
    expect(store.get('two', '')).to.equal(undefined);
  });
});
