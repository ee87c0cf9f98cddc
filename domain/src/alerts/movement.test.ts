import { expect } from 'chai';
import { CONTAINER, fact, HOUR, keyFact, SHANGHAI, timeOf } from '../facts/testing/facts.js';
import { alerts, story } from './testing/found-alerts.js';

describe('movement', () => {
  const truck = { kid: 'other', owner: 'TERMINAL1' };
  const keys = [keyFact(), keyFact({ kid: 'other' })];

  it('finds a thing at two places at once, and says which statements put it there', () => {
    const statements = [fact(1, 2), fact(1, 3, { ...truck, where: SHANGHAI, eventTime: timeOf(2) })];
    expect(story({ keys, statements })).to.deep.equal([
      `two_places ${CONTAINER}: ${CONTAINER} < other/1 < key/1`,
    ]);
    expect(alerts({ keys, statements })[0]?.details).to.include({ milliseconds: 0 });
  });

  it('finds what is faster than anything that moves', () => {
    const soon = [fact(1, 2), fact(2, 3, { where: SHANGHAI, eventTime: timeOf(2) + HOUR / 2 })];
    expect(story({ statements: soon })).to.deep.equal([
      `impossible_speed ${CONTAINER}: ${CONTAINER} < key/2 < key/1`,
    ]);
    const { metres, kilometresAnHour } = alerts({ statements: soon })[0]?.details ?? {};
    expect(metres).to.be.within(820_000, 850_000);
    expect(kilometresAnHour).to.equal(Math.round(Number(metres) / 500));
    expect(alerts({ statements: [fact(1, 2), fact(2, 4, { where: SHANGHAI })] })).to.deep.equal([]);
  });

  it('lets a consignment be in several places', () => {
    const statements = [fact(1, 2, { things: [] }), fact(2, 2, { things: [], where: SHANGHAI })];
    expect(alerts({ statements })).to.deep.equal([]);
  });
});
