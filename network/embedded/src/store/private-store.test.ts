import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { decode, encode, hashNamespace, KVRWSet, toHex, utf8 } from '@passage/ledger';
import type { ReadWriteSet, StateUpdate, Write } from '@passage/ledger';
import { expect } from 'chai';

import { temporaryFolder } from '../pki/organizations-fixture.js';
import { PrivateStore } from './private-store.js';
import type { CollectionKeepers, PrivateBlock } from './private-store.js';

const NAMESPACE = hashNamespace('cc', 'shared');
const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const hashOf = (key: string): string => toHex(sha256(utf8(key)));

/** One transaction's private writes: a value, or '' to delete. */
type Writes = Readonly<Record<string, string>>;

const rwsetOf = (writes: Writes, metadata: readonly string[] = []): Uint8Array =>
  encode(KVRWSet, {
    writes: Object.entries(writes).map(([key, value]) => ({
      key,
      isDelete: value === '',
      value: utf8(value),
    })),
    metadataWrites: metadata.map((key) => ({ key })),
  });

describe('PrivateStore', () => {
  let folder: string;
  let store: PrivateStore;
  let keepers: CollectionKeepers;

  beforeEach(() => {
    folder = temporaryFolder();
    store = new PrivateStore(join(folder, 'private.sqlite'));
    keepers = { members: ['A', 'B'], blockToLive: 0 };
  });
  afterEach(() => {
    store.close();
    rmSync(folder, { recursive: true });
  });

  const keep = (txId: string, rwset: Uint8Array, ...mspIds: string[]): void =>
    store.keep(
      txId,
      1,
      mspIds.map((mspId) => ({ mspId, namespace: NAMESPACE, rwset })),
    );

  /** What a transaction shows of these private writes. */
  const setsOf = (rwset: Uint8Array, writes: readonly Write[] = []): ReadWriteSet => [
    {
      namespace: 'cc',
      reads: [],
      writes: [],
      metadataWrites: [],
      ranges: [],
      collections: [
        {
          namespace: NAMESPACE,
          collection: 'shared',
          reads: [],
          writes,
          metadataWrites: [],
          privateHash: sha256(rwset),
        },
      ],
    },
  ];
  const updateOf = (key: string, value: string, block: number, tx = 0): StateUpdate => ({
    namespace: NAMESPACE,
    key: hashOf(key),
    version: { block, tx },
    ...(value !== '' && { value: sha256(utf8(value)) }),
  });

  /** Commits a block with one transaction that writes this, valid unless said otherwise. */
  function commit(number: number, txId: string, writes: Writes, { code = 0, purge = false } = {}): void {
    const rwset = rwsetOf(writes);
    const hashed = Object.keys(writes).map((key) => ({ key: hashOf(key), ...(purge && { purge }) }));
    commitBlock({
      number,
      transactions: [{ index: 0, code, txId, sets: setsOf(rwset, hashed) }],
      updates: code === 0 ? Object.entries(writes).map(([key, value]) => updateOf(key, value, number)) : [],
    });
  }

  const commitBlock = (block: Omit<PrivateBlock, 'keepersOf'>): void =>
    store.commit({ ...block, keepersOf: () => keepers });

  const read = (mspId: string, key: string): string | undefined => {
    const entry = store.stateOf(mspId).get(NAMESPACE, key);
    return entry && `${Buffer.from(entry.value).toString()}@${entry.version.block}/${entry.version.tx}`;
  };
  const writtenIn = (block: number, mspId: string): string[] =>
    [...store.writesOf(block, mspId).values()].flatMap((sets) =>
      [...sets.values()].flatMap((rwset) => decode(KVRWSet, rwset).writes.map(({ key }) => key)),
    );
  const put = (number: number, txId: string, writes: Writes): void => {
    keep(txId, rwsetOf(writes), ...keepers.members);
    commit(number, txId, writes);
  };

  it('puts values in force when their block comes, for the organisations that keep them', () => {
    keep('t1', rwsetOf({ k: 'secret' }), 'A', 'B');
    expect(read('A', 'k')).to.equal(undefined);
    commit(5, 't1', { k: 'secret' });
    expect(read('A', 'k')).to.equal('secret@5/0');
    expect(read('B', 'k')).to.equal('secret@5/0');
    expect(read('C', 'k')).to.equal(undefined);
  });

  it('keeps values over a crash between endorsement and block', () => {
    keep('t1', rwsetOf({ k: 'secret' }), 'A');
    const other = new PrivateStore(join(folder, 'private.sqlite'));
    try {
      other.commit({
        number: 5,
        transactions: [{ index: 0, code: 0, txId: 't1', sets: setsOf(rwsetOf({ k: 'secret' })) }],
        updates: [updateOf('k', 'secret', 5)],
        keepersOf: () => ({ members: ['A'], blockToLive: 0 }),
      });
      expect(read('A', 'k')).to.equal('secret@5/0');
    } finally {
      other.close();
    }
  });

  it('notes what an organisation lacks, and goes on', () => {
    keep('t1', rwsetOf({ k: 'secret' }), 'A');
    commit(5, 't1', { k: 'secret' });
    expect(store.missingOf(5, 'A')).to.deep.equal([]);
    expect(store.missingOf(5, 'B')).to.deep.equal([{ tx: 0, namespace: NAMESPACE }]);
  });

  it('does not take values that do not hash to what the transaction says', () => {
    keep('t1', rwsetOf({ k: 'forged' }), 'A');
    commit(5, 't1', { k: 'secret' });
    expect(read('A', 'k')).to.equal(undefined);
    expect(store.missingOf(5, 'A')).to.have.length(1);
  });

  it('puts nothing in force of an invalid transaction, but remembers its writes as a peer does', () => {
    keep('t1', rwsetOf({ k: 'secret' }), 'A', 'B');
    commit(5, 't1', { k: 'secret' }, { code: 11 });
    expect(read('A', 'k')).to.equal(undefined);
    expect(writtenIn(5, 'A')).to.deep.equal(['k']);
  });

  it('leaves an outdated value with its old version where the new one is missing', () => {
    put(5, 't1', { k: 'old' });
    keep('t2', rwsetOf({ k: 'new' }), 'A');
    commit(6, 't2', { k: 'new' });
    expect(read('A', 'k')).to.equal('new@6/0');
    expect(read('B', 'k')).to.equal('old@5/0');
  });

  it('lets the version of a value follow its hash where only metadata changed', () => {
    put(5, 't1', { k: 'secret' });
    const rwset = rwsetOf({}, ['k']);
    keep('t2', rwset, 'A', 'B');
    commitBlock({
      number: 6,
      transactions: [{ index: 0, code: 0, txId: 't2', sets: setsOf(rwset) }],
      updates: [updateOf('k', 'secret', 6)],
    });
    expect(read('A', 'k')).to.equal('secret@6/0');
    const [set] = [...(store.writesOf(6, 'A').get(0)?.values() ?? [])];
    expect(decode(KVRWSet, set ?? new Uint8Array()).metadataWrites.map(({ key }) => key)).to.deep.equal([
      'k',
    ]);
  });

  it('takes the last of two valid writes in a block', () => {
    keep('t1', rwsetOf({ k: 'one' }), 'A');
    keep('t2', rwsetOf({ k: 'two' }), 'A');
    commitBlock({
      number: 5,
      transactions: [
        { index: 0, code: 0, txId: 't1', sets: setsOf(rwsetOf({ k: 'one' })) },
        { index: 1, code: 0, txId: 't2', sets: setsOf(rwsetOf({ k: 'two' })) },
      ],
      updates: [updateOf('k', 'two', 5, 1)],
    });
    expect(read('A', 'k')).to.equal('two@5/1');
  });

  it('deletes with the hash', () => {
    put(5, 't1', { k: 'secret' });
    put(6, 't2', { k: '' });
    expect(read('A', 'k')).to.equal(undefined);
    expect(writtenIn(5, 'A')).to.deep.equal(['k']);
  });

  it('purges a value and every memory of it, and of no other key', () => {
    put(5, 't1', { k: 'secret', other: 'kept' });
    keep('t2', rwsetOf({ k: '' }), 'A', 'B');
    commit(6, 't2', { k: '' }, { purge: true });
    expect(read('A', 'k')).to.equal(undefined);
    expect(writtenIn(5, 'A')).to.deep.equal(['other']);
    expect(writtenIn(6, 'A')).to.deep.equal(['k']);
  });

  it('forgets the writes of a collection when their time is over', () => {
    keepers = { members: ['A'], blockToLive: 2 };
    put(5, 't1', { k: 'secret' });
    commitBlock({ number: 7, transactions: [], updates: [] });
    expect(writtenIn(5, 'A')).to.deep.equal(['k']);
    commitBlock({ number: 8, transactions: [], updates: [updateOf('k', '', 8)] });
    expect(writtenIn(5, 'A')).to.deep.equal([]);
    expect(read('A', 'k')).to.equal(undefined);
  });

  it('changes nothing when a block comes a second time', () => {
    put(5, 't1', { k: 'one' });
    put(6, 't2', { k: 'two' });
    commit(5, 't1', { k: 'one' });
    expect(read('A', 'k')).to.equal('two@6/0');
    expect(store.missingOf(5, 'A')).to.deep.equal([]);
  });

  it('forgets values whose transaction never came', () => {
    keep('t1', rwsetOf({ k: 'secret' }), 'A');
    commitBlock({ number: 20_002, transactions: [], updates: [] });
    commit(20_003, 't1', { k: 'secret' });
    expect(store.missingOf(20_003, 'A')).to.have.length(1);
  });

  it('ranges over one organisation and collection, in the order of bytes', () => {
    const keys = Array.from({ length: 230 }, (_, index) => `k${String(index).padStart(3, '0')}`);
    put(5, 't1', Object.fromEntries(keys.map((key) => [key, 'v'])));
    const range = (mspId: string, start: string, end: string): string[] =>
      [...store.stateOf(mspId).range(NAMESPACE, start, end)].map(([key]) => key);
    expect(range('A', '', '')).to.deep.equal(keys);
    expect(range('A', 'k010', 'k020')).to.deep.equal(keys.slice(10, 20));
    expect(range('C', '', '')).to.deep.equal([]);
  });
});
