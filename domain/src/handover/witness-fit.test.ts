import { expect } from 'chai';
import { witnessFit } from './witness-fit.js';

const handover = {
  place: 'KRPUS',
  offeredAt: '2026-01-31T12:00:00.000Z',
  closedAt: '2026-01-31T13:00:00.000Z',
};

describe('witnessFit', () => {
  it('says whether a statement was there, and how far it is off', () => {
    const at = (eventTime: string, place: string | undefined = 'KRPUS'): unknown =>
      witnessFit(handover, { place, eventTime });
    expect(at('2026-01-31T21:30:00+09:00')).to.deep.equal({ atPlace: true, secondsOff: 0 });
    expect(at('2026-01-31T11:58:30Z')).to.deep.equal({ atPlace: true, secondsOff: 90 });
    expect(at('2026-01-31T13:00:05.400Z', 'CNSHA')).to.deep.equal({ atPlace: false, secondsOff: 5 });
    expect(witnessFit(handover, { place: undefined, eventTime: 'never' })).to.deep.equal({
      atPlace: undefined,
      secondsOff: undefined,
    });
  });

  it('takes the moment of the offer where no answer came yet', () => {
    const { place, offeredAt } = handover;
    const seen = { place: 'KRPUS', eventTime: '2026-01-31T12:01:00Z' };
    expect(witnessFit({ place, offeredAt }, seen).secondsOff).to.equal(60);
  });
});
