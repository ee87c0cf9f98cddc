import { expect } from 'chai';
import fc from 'fast-check';
import { BUSAN, fact, SHANGHAI, timeOf, UCR } from '../facts/testing/facts.js';
import { alerts, at } from './testing/found-alerts.js';

describe('findAlerts', () => {
  it('finds nothing in an ordinary journey', () => {
    const statements = [1, 2, 3].map((seq) => fact(seq, seq));
    const offers = [
      {
        ucr: UCR,
        handover: 1,
        transactionId: 't',
        at: at(2),
        offered: timeOf(2),
        answered: timeOf(3),
        where: BUSAN,
      },
    ];
    expect(alerts({ statements, offers })).to.deep.equal([]);
  });

  it('gives the same alerts for the same facts in any order', () => {
    const statements = [
      fact(1, 1),
      fact(2, 30, { where: SHANGHAI, eventTime: timeOf(1) }),
      fact(5, 3),
      fact(9, 4),
    ];
    const expected = alerts({ statements });
    expect(expected.length).to.be.above(3);
    fc.assert(
      fc.property(fc.shuffledSubarray(statements, { minLength: statements.length }), (shuffled) => {
        expect(alerts({ statements: shuffled })).to.deep.equal(expected);
      }),
    );
  });
});
