import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { inParallel } from './in-parallel.js';

describe('inParallel', () => {
  it('keeps the order of the items and the width', async () => {
    let running = 0;
    let most = 0;
    const results = await inParallel([5, 1, 4, 2, 3], 2, async (n) => {
      most = Math.max(most, ++running);
      await sleep(n);
      running--;
      return n * 10;
    });
    expect(results).to.deep.equal([50, 10, 40, 20, 30]);
    expect(most).to.equal(2);
  });

  it('throws the first failure and takes no further items', async () => {
    const taken: number[] = [];
    const failure = await inParallel([1, 2, 3, 4, 5, 6], 2, async (n) => {
      taken.push(n);
      await sleep(1);
      if (n === 2) throw new Error('no');
    }).catch((error: unknown) => error);
    expect(failure).to.be.an('error').with.property('message', 'no');
    expect(taken).to.have.length.below(6);
  });
});
