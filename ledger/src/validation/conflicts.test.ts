import { expect } from 'chai';
import { TxValidationCode } from '../proto/index.js';
import { RangeRecorder } from '../rwset/index.js';
import { at, chaincodeSet, put, stateOf } from '../testing/state-fixtures.js';
import { findConflict } from './conflicts.js';
import { PendingUpdates } from './pending-updates.js';
import type { ChaincodeSet, RangeQuery } from '../rwset/index.js';
import type { MemoryState } from '../state/index.js';

const { MVCC_READ_CONFLICT, PHANTOM_READ_CONFLICT } = TxValidationCode;
const three = stateOf(put('a', at(1, 0)), put('b', at(1, 1)), put('c', at(2, 0)));

/** The range as a peer that handed over `limit` results would have recorded it. */
function recorded(state: MemoryState, start: string, end: string, limit = Infinity): RangeQuery {
  const range = new RangeRecorder(start, end);
  let count = 0;
  for (const [key, { version }] of state.range('cc', start, end)) {
    if (count++ === limit) return range.finish();
    range.record(key, version);
  }
  range.exhaust();
  return range.finish();
}

function codeOf(
  set: Partial<ChaincodeSet>,
  state: MemoryState,
  ...pending: ReturnType<typeof put>[]
): number {
  const updates = new PendingUpdates(state);
  for (const update of pending) updates.put(update);
  return findConflict([chaincodeSet(set)], state, updates)?.code ?? 0;
}

describe('findConflict: reads', () => {
  it('lets a read of the present version pass, and of an absent key', () => {
    expect(codeOf({ reads: [{ key: 'a', version: at(1, 0) }, { key: 'z' }] }, three)).to.equal(0);
  });

  it('finds another version, a key that came and a key that went', () => {
    expect(codeOf({ reads: [{ key: 'a', version: at(1, 1) }] }, three)).to.equal(MVCC_READ_CONFLICT);
    expect(codeOf({ reads: [{ key: 'a' }] }, three)).to.equal(MVCC_READ_CONFLICT);
    expect(codeOf({ reads: [{ key: 'z', version: at(1, 0) }] }, three)).to.equal(MVCC_READ_CONFLICT);
  });

  it('finds a key written earlier in the block, deletions included', () => {
    const read = { reads: [{ key: 'a', version: at(1, 0) }] };
    expect(codeOf(read, three, put('a', at(3, 0)))).to.equal(MVCC_READ_CONFLICT);
    expect(codeOf(read, three, { namespace: 'cc', key: 'a', version: at(3, 0) })).to.equal(
      MVCC_READ_CONFLICT,
    );
    expect(codeOf(read, three, put('b', at(3, 0)))).to.equal(0);
  });

  it('checks the hashes of private reads like keys', () => {
    const collection = {
      namespace: 'cc$$hpair',
      collection: 'pair',
      reads: [{ key: 'ab12' }],
      writes: [],
      metadataWrites: [],
      privateHash: new Uint8Array(),
    };
    const written = { ...put('ab12', at(3, 0)), namespace: 'cc$$hpair' };
    expect(codeOf({ collections: [collection] }, three)).to.equal(0);
    expect(codeOf({ collections: [collection] }, three, written)).to.equal(MVCC_READ_CONFLICT);
  });
});

describe('findConflict: ranges', () => {
  const all = { ranges: [recorded(three, '', '')] };

  it('lets a range pass that would give the same again', () => {
    expect(codeOf(all, three)).to.equal(0);
    expect(codeOf({ ranges: [recorded(three, 'x', '')] }, three)).to.equal(0);
  });

  it('finds an insertion, a deletion and a new version, in the state or earlier in the block', () => {
    expect(codeOf(all, three, put('bb', at(3, 0)))).to.equal(PHANTOM_READ_CONFLICT);
    expect(codeOf(all, three, put('b', at(3, 0)))).to.equal(PHANTOM_READ_CONFLICT);
    expect(codeOf(all, three, { namespace: 'cc', key: 'b', version: at(3, 0) })).to.equal(
      PHANTOM_READ_CONFLICT,
    );
    expect(codeOf(all, stateOf(put('a', at(1, 0)), put('b', at(1, 1))))).to.equal(PHANTOM_READ_CONFLICT);
  });

  it('takes the end as exclusive where the range was exhausted', () => {
    expect(codeOf({ ranges: [recorded(three, 'a', 'c')] }, three, put('c', at(3, 0)))).to.equal(0);
  });

  it('takes the last key as part of the results where the simulation stopped at it', () => {
    const firstTwo = { ranges: [recorded(three, 'a', '', 2)] };
    expect(codeOf(firstTwo, three)).to.equal(0);
    expect(codeOf(firstTwo, three, put('b', at(3, 0)))).to.equal(PHANTOM_READ_CONFLICT);
    expect(codeOf(firstTwo, three, put('c', at(3, 0)))).to.equal(0);
  });

  it('checks a summary of many results down to the last one', () => {
    for (const count of [51, 130, 2700]) {
      const keys = Array.from({ length: count }, (_, n) => `k${String(n).padStart(4, '0')}`);
      const many = stateOf(...keys.map((key, n) => put(key, at(1, n))));
      const range = { ranges: [recorded(many, '', '')] };
      expect(range.ranges[0]?.reads).to.deep.equal([]);
      expect(codeOf(range, many)).to.equal(0);
      expect(codeOf(range, many, put(keys.at(-1)!, at(3, 0)))).to.equal(PHANTOM_READ_CONFLICT);
      expect(codeOf(range, many, put('k', at(3, 0)))).to.equal(PHANTOM_READ_CONFLICT);
    }
  });

  it('fails a summary of a degree that no tree can have, without stopping', () => {
    const summary = { maxDegree: 0, maxLevel: 1, hashes: [] };
    const range = { start: '', end: '', exhausted: true, reads: [], summary };
    expect(codeOf({ ranges: [range] }, three)).to.equal(PHANTOM_READ_CONFLICT);
  });

  it('names a read conflict before a range conflict of the same chaincode', () => {
    const both = { reads: [{ key: 'a' }], ranges: [recorded(three, 'x', '')] };
    expect(codeOf(both, three, put('y', at(3, 0)))).to.equal(MVCC_READ_CONFLICT);
  });
});
