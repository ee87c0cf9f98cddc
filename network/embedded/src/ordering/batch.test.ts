import { expect } from 'chai';

import { batchSize, waitBeforeCutting, type Request } from './batch.js';

const limits = { maxCount: 3, maxBytes: 100, maxWaitMs: 50 };

function requests(...sizes: readonly number[]): Request[] {
  return sizes.map((size, index) => ({
    requestId: String(index),
    envelope: new Uint8Array(size),
    isConfig: false,
    since: 1000 + index,
  }));
}

describe('batches', () => {
  it('take as many requests as count and bytes allow', () => {
    expect(batchSize(requests(10, 10), limits)).to.equal(2);
    expect(batchSize(requests(10, 10, 10, 10), limits)).to.equal(3);
    expect(batchSize(requests(60, 40, 1), limits)).to.equal(2);
    expect(batchSize(requests(60, 41), limits)).to.equal(1);
    expect(batchSize([], limits)).to.equal(0);
  });

  it('take a request that is larger than the bound alone', () => {
    expect(batchSize(requests(500, 1), limits)).to.equal(1);
  });

  it('hold a configuration alone', () => {
    const [a, b, c] = requests(1, 1, 1);
    if (a === undefined || b === undefined || c === undefined) throw new TypeError('three were asked for');
    const config = { ...b, isConfig: true };
    expect(batchSize([a, config, c], limits)).to.equal(1);
    expect(batchSize([config, c], limits)).to.equal(1);
    expect(waitBeforeCutting([a, config], limits, 1000)).to.equal(0);
  });

  it('wait for company until the oldest request has waited long enough', () => {
    expect(waitBeforeCutting(requests(10), limits, 1000)).to.equal(50);
    expect(waitBeforeCutting(requests(10, 10), limits, 1030)).to.equal(20);
    expect(waitBeforeCutting(requests(10), limits, 2000)).to.equal(0);
    expect(waitBeforeCutting([], limits, 0)).to.equal(Infinity);
  });

  it('are cut at once when they are full', () => {
    expect(waitBeforeCutting(requests(1, 1, 1), limits, 1000)).to.equal(0);
    expect(waitBeforeCutting(requests(60, 60), limits, 1000)).to.equal(0);
  });
});
