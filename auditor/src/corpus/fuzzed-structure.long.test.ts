import { expect } from 'chai';
import { damageBlocks } from '../testing/damage-blocks.js';

describe('readers of blocks whose fields somebody has rewritten, many times over', function () {
  this.timeout(3_600_000);

  it('find no crash, no hang, no other error', () => {
    expect(damageBlocks(20_000).compared).to.be.greaterThan(5_000);
  });
});
