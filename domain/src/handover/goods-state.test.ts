import { expect } from 'chai';
import { expiryViolations, isExpired } from './expiry.js';
import { sameMembers } from './goods-state.js';

describe('sameMembers', () => {
  const stated = { count: 4, weight: { value: 12, unit: 'KGM' }, seals: ['A', 'B'], condition: 'dry' };

  it('names what both sides say alike, seals in any order', () => {
    expect(sameMembers(stated, { ...stated, seals: ['B', 'A'] })).to.deep.equal([
      'count',
      'weight',
      'seals',
      'condition',
    ]);
  });

  it('takes a weight for the same in value and unit together', () => {
    expect(sameMembers(stated, { weight: { value: 12, unit: 'TNE' } })).to.deep.equal([]);
    expect(sameMembers(stated, { weight: { value: 13, unit: 'KGM' } })).to.deep.equal([]);
  });

  it('takes seals for the same when all of them are', () => {
    for (const seals of [['A'], ['A', 'B', 'C'], ['A', 'C'], []]) {
      expect(sameMembers(stated, { seals }), seals.join()).to.deep.equal([]);
    }
  });

  it('finds nothing alike in what the other side has not said', () => {
    expect(sameMembers({}, stated)).to.deep.equal([]);
  });
});

describe('the end of an offer', () => {
  const now = '2026-01-01T00:00:00.000Z';
  const isWrong = (expiresAt: string): boolean =>
    expiryViolations(expiresAt, now, { longestOfferDays: 30 }).length > 0;

  it('lies in the future, and no farther than the parameters say', () => {
    expect(isWrong(now)).to.equal(true);
    expect(isWrong('2026-01-01T00:00:00.001Z')).to.equal(false);
    expect(isWrong('2026-01-31T00:00:00.000Z')).to.equal(false);
    expect(isWrong('2026-01-31T00:00:00.001Z')).to.equal(true);
  });

  it('is over after its last moment, and never where there is none', () => {
    expect(isExpired(now, now)).to.equal(false);
    expect(isExpired(now, '2026-01-01T00:00:00.001Z')).to.equal(true);
    expect(isExpired(undefined, now)).to.equal(false);
  });
});
