import { expect } from 'chai';
import { EXPIRY_NAMESPACE, MemoryState } from '../state/index.js';
import { definitionWith } from '../testing/definition.js';
import { at } from '../testing/state-fixtures.js';
import { expireHashes, scheduleExpiry } from './expiry.js';
import type { StateUpdate } from '../state/index.js';

const brief = {
  name: 'brief',
  requiredPeerCount: 0,
  maximumPeerCount: 0,
  memberOnlyRead: false,
  memberOnlyWrite: false,
};
const definition = definitionWith({ collections: [{ ...brief, blockToLive: 3 }] });
const hash = (block: number, value = 1): StateUpdate => ({
  namespace: 'cc$$hbrief',
  key: 'ab12',
  version: at(block, 0),
  value: Uint8Array.of(value),
});

/** Commits block after block with these writes, as a store would, and says in which blocks the hash is there. */
function livesThrough(writes: Record<number, StateUpdate[]>, blocks: number): number[] {
  const state = new MemoryState();
  const alive: number[] = [];
  for (let block = 1; block <= blocks; block++) {
    const updates = writes[block] ?? [];
    const expired = expireHashes(block, state, (_, key) => updates.some((update) => update.key === key));
    state.apply([...updates, ...scheduleExpiry(updates, () => definition), ...expired]);
    if (state.get('cc$$hbrief', 'ab12') !== undefined) alive.push(block);
  }
  expect(state.count(EXPIRY_NAMESPACE)).to.equal(0);
  return alive;
}

describe('blockToLive', () => {
  it('takes a hash away with block n + blockToLive + 1', () => {
    expect(livesThrough({ 2: [hash(2)] }, 10)).to.deep.equal([2, 3, 4, 5]);
  });

  it('begins anew with every write, also one in the very block that would end it', () => {
    expect(livesThrough({ 2: [hash(2)], 4: [hash(4)] }, 10)).to.deep.equal([2, 3, 4, 5, 6, 7]);
    expect(livesThrough({ 2: [hash(2)], 6: [hash(6)] }, 12)).to.deep.equal([2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('schedules nothing for deletions, public keys and collections that live for ever', () => {
    const deleted = { namespace: 'cc$$hbrief', key: 'ab12', version: at(2, 0) };
    const elsewhere = { ...hash(2), namespace: 'cc$$hother' };
    const schedule = scheduleExpiry([deleted, { ...hash(2), namespace: 'cc' }, elsewhere], () => definition);
    expect(schedule).to.deep.equal([]);
  });
});
