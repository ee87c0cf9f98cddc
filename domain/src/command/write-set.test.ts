import { expect } from 'chai';
import { entry } from '../state/codec.js';
import { keys } from '../state/keys.js';
import { writeSet } from './write-set.js';

const statements = [2, 10, 1].map((seq) => entry(keys.statement('K', seq), { v: 1, id: 'A'.repeat(43) }));

describe('writeSet', () => {
  it('orders keys by their bytes, not by their numbers', () => {
    const writes = writeSet({ name: 'X', writes: ['statement'] }, statements);
    expect(writes.map(({ key }) => key)).to.deep.equal(['statement/K/1', 'statement/K/10', 'statement/K/2']);
  });

  it('stops an operation that writes a kind of key it has not declared', () => {
    expect(() => writeSet({ name: 'X', writes: ['party'] }, statements)).to.throw('X writes statement/K/2');
  });
});
