import { expect } from 'chai';

import { gathered } from './gathered.js';

describe('gathered', () => {
  const reads: (readonly number[])[] = [];
  const square = gathered<number, number>((keys) => {
    reads.push(keys);
    return Promise.resolve(new Map(keys.filter((key) => key > 0).map((key) => [key, key * key])));
  });
  beforeEach(() => reads.splice(0));

  it('reads what is asked for in one turn at once, each key once', async () => {
    expect(await Promise.all([2, 3, 2, 0].map(square))).to.deep.equal([4, 9, 4, undefined]);
    expect(reads).to.deep.equal([[2, 3, 0]]);
  });

  it('remembers nothing', async () => {
    await square(2);
    await square(2);
    expect(reads).to.deep.equal([[2], [2]]);
  });

  it('fails for all who asked, and reads again for who asks then', async () => {
    let fails = true;
    const failing = gathered<number, number>((keys) =>
      fails
        ? Promise.reject(new Error('closed'))
        : Promise.resolve(new Map(keys.map((key) => [key, key] as const))),
    );
    const failed = await Promise.allSettled([failing(1), failing(2)]);
    expect(failed.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected']);
    fails = false;
    expect(await failing(1)).to.equal(1);
  });
});
