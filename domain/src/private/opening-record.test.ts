import { expect } from 'chai';
import { commit } from '../commitment/commitment.js';
import { readShape } from '../shape/shape.js';
import { PassageError } from '../errors/passage-error.js';
import { secret, secretOpens } from './opening-record.js';
import { isRetentionOver, retentionOverUpTo } from './retention.js';

const salt = Buffer.alloc(32, 1).toString('base64url');

function accepts(value: string): boolean {
  try {
    readShape('The opening', secret, { salt, value });
    return true;
  } catch (error) {
    if (error instanceof PassageError && error.code === 'INVALID_FIELD') return false;
    throw error;
  }
}

describe('a secret', () => {
  it('is a text of 1 to 2000 characters', () => {
    expect(['', 'x', 'x'.repeat(2000), 'x'.repeat(2001)].map(accepts)).to.deep.equal([
      false,
      true,
      true,
      false,
    ]);
  });

  it('is well-formed Unicode: a lone surrogate would be hashed as another one', () => {
    expect(accepts('\ud800')).to.equal(false);
  });

  it('opens the commitment that was made with it, and none with another salt or value', () => {
    const about = { ledger: 'ab'.repeat(32), subject: 'S', owner: 'O', field: 'plate' };
    const commitment = commit({ ...about, salt: new Uint8Array(32).fill(1), value: '12가3456' });
    expect(secretOpens(commitment, about, { salt, value: '12가3456' })).to.equal(true);
    expect(secretOpens(commitment, about, { salt, value: '12가3457' })).to.equal(false);
    const other = Buffer.alloc(32, 2).toString('base64url');
    expect(secretOpens(commitment, about, { salt: other, value: '12가3456' })).to.equal(false);
    expect(secretOpens(commitment, about, { salt: '*', value: '12가3456' })).to.equal(false);
  });
});

describe('retention', () => {
  it('is over when its days have gone by to the millisecond', () => {
    const kept = '2026-01-01T00:00:00.000Z';
    expect(isRetentionOver(kept, '2026-01-02T23:59:59.999Z', 2)).to.equal(false);
    expect(isRetentionOver(kept, '2026-01-03T00:00:00.000Z', 2)).to.equal(true);
    expect(retentionOverUpTo('2026-01-03T00:00:00.000Z', 2)).to.equal(kept);
  });
});
