import { expect } from 'chai';
import { findDuplicates } from './duplicate-ids.js';

describe('findDuplicates', () => {
  it('marks every later valid transaction of an id, and none without one', () => {
    const transactions = ['a', 'b', 'a', '', '', 'a'].map((txId) => ({ txId, code: 0 }));
    expect([...findDuplicates(transactions)]).to.deep.equal([2, 5]);
  });

  it('passes over an invalid twin', () => {
    const transactions = [
      { txId: 'a', code: 10 },
      { txId: 'a', code: 0 },
    ];
    expect([...findDuplicates(transactions)]).to.deep.equal([]);
  });
});
