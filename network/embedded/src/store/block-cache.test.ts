import { expect } from 'chai';

import { BlockCache } from './block-cache.js';

describe('BlockCache', () => {
  it('drops the blocks unused for longest when the memory is used up', () => {
    const cache = new BlockCache(30);
    for (const number of [0, 1, 2]) cache.add(number, new Uint8Array(10));
    expect(cache.get(0)).to.have.length(10);
    cache.add(3, new Uint8Array(10));
    expect([0, 1, 2, 3].map((number) => cache.get(number) !== undefined)).to.deep.equal([
      true,
      false,
      true,
      true,
    ]);
  });

  it('keeps a block that is larger than the memory until the next one comes', () => {
    const cache = new BlockCache(30);
    cache.add(0, new Uint8Array(100));
    expect(cache.get(0)).to.have.length(100);
    cache.add(1, new Uint8Array(10));
    expect(cache.get(0)).to.equal(undefined);
    expect(cache.get(1)).to.have.length(10);
  });
});
