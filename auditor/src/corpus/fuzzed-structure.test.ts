import { LEDGER_ERROR_CODES } from '@passage/ledger';
import { expect } from 'chai';
import { damageBlocks } from '../testing/damage-blocks.js';

describe('readers of blocks whose fields somebody has rewritten', function () {
  this.timeout(60_000);

  it('read what fabric-protos reads, and end everything with a verdict or an error of their list', () => {
    const { compared, refused } = damageBlocks(300);
    expect(compared).to.be.greaterThan(100);
    expect([...refused.keys()].filter((code) => code !== 'read')).to.satisfy((codes: string[]) =>
      codes.every((code) => (LEDGER_ERROR_CODES as readonly string[]).includes(code)),
    );
  });
});
