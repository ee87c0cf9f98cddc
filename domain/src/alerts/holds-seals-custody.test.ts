import { expect } from 'chai';
import { BUSAN, CONTAINER, fact, HOUR, SHANGHAI, timeOf, UCR } from '../facts/testing/facts.js';
import { alerts, at, story } from './testing/found-alerts.js';

describe('holds, seals and custody', () => {
  const hold = { id: 'hold-1', transactionId: 't-hold', objects: [UCR], at: at(3), from: timeOf(3) };

  it('finds held goods that leave, until the hold is lifted', () => {
    const steps = [2, 4, 6].map((block, index) => fact(index + 1, block, { bizStep: 'departing' }));
    const holds = [{ ...hold, until: timeOf(5) }];
    expect(story({ statements: steps, holds })).to.deep.equal([
      `held_goods_moved ${UCR}: ${UCR} < key/2 < hold-1 < t-hold`,
    ]);
    expect(alerts({ statements: steps, holds: [hold] })).to.have.length(2);
  });

  it('finds held goods elsewhere than they were', () => {
    const statements = [fact(1, 2), fact(2, 4), fact(3, 8, { where: SHANGHAI })];
    expect(alerts({ statements, holds: [hold] }).map(({ at: { block } }) => block)).to.deep.equal([8]);
  });

  it('accuses nobody of a move before the hold that is recorded during it', () => {
    const early = fact(1, 4, { bizStep: 'departing', eventTime: timeOf(2) });
    expect(alerts({ statements: [early], holds: [hold] })).to.deep.equal([]);
  });

  it('knows where they were by the devices’ times, in whatever order statements arrive', () => {
    const first = fact(1, 1, { eventTime: timeOf(2) });
    const older = fact(2, 2, { where: SHANGHAI, eventTime: timeOf(1) });
    const found = alerts({ statements: [first, older, fact(3, 8)], holds: [hold] });
    expect(found.map(({ kind }) => kind))
      .to.include('clock_drift')
      .and.not.to.include('held_goods_moved');
  });

  it('accuses nobody of a move at the very time at which the hold begins or ends', () => {
    const statements = [3, 5].map((block, index) => fact(index + 1, block, { bizStep: 'departing' }));
    expect(alerts({ statements, holds: [{ ...hold, until: timeOf(5) }] })).to.deep.equal([]);
  });

  it('finds a seal that was opened before the release, by an act or as a device saw it', () => {
    const opening = {
      seal: 'S1',
      transactionId: 't-open',
      objects: [CONTAINER, UCR],
      at: at(4),
      time: timeOf(4),
    };
    const seen = fact(1, 5, { disposition: 'container_open' });
    const facts = { statements: [seen], sealOpenings: [opening] };
    expect(story(facts)).to.deep.equal([
      `seal_opened ${CONTAINER}: ${CONTAINER} < S1 < t-open`,
      `seal_opened ${CONTAINER}: ${CONTAINER} < key/1 < key`,
    ]);
    const released = (block: number) => [{ transactionId: 't', objects: [UCR], from: timeOf(block) }];
    expect(alerts({ ...facts, releases: released(5) })).to.have.length(1);
    const others = [{ transactionId: 't2', objects: ['6KRIMPORTER1-DECL9'], from: timeOf(1) }];
    expect(alerts({ ...facts, releases: others })).to.have.length(2);
    expect(alerts({ ...facts, releases: [...others, ...released(4)] })).to.deep.equal([]);
  });

  it('finds goods for which nobody answers', () => {
    const offer = {
      ucr: UCR,
      handover: 1,
      transactionId: 't-offer',
      at: at(2),
      offered: timeOf(2),
      where: BUSAN,
    };
    const away = fact(1, 4, { where: SHANGHAI });
    expect(story({ statements: [away], offers: [offer] })).to.deep.equal([
      `custody_gap ${UCR}: ${UCR} < key/1 < ${UCR}/1 < t-offer`,
    ]);
    expect(alerts({ statements: [away], offers: [{ ...offer, answered: timeOf(3) }] })).to.deep.equal([]);
    expect(alerts({ statements: [away], offers: [offer] }, 4), 'a clock that is ahead').to.have.length(1);
    const within = [{ inner: UCR, outer: CONTAINER, transactionId: 'stuffed', from: at(1), until: at(6) }];
    const unit = (block: number) => fact(1, block, { where: SHANGHAI, consignments: [] });
    expect(story({ statements: [unit(4)], offers: [offer], within })).to.deep.equal([
      `custody_gap ${UCR}: ${UCR} < stuffed < ${CONTAINER} < key/1 < ${UCR}/1 < t-offer`,
    ]);
    expect(alerts({ statements: [unit(7)], offers: [offer], within })).to.deep.equal([]);
    expect(alerts({ offers: [offer] }, 75).map(({ details }) => details)).to.deep.equal([
      { milliseconds: 73 * HOUR, ongoing: true },
    ]);
    expect(alerts({ offers: [{ ...offer, answered: timeOf(3) }] }, 75)).to.deep.equal([]);
  });
});
