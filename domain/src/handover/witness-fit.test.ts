import { expect } from 'chai';
import type { Whereabouts } from '../facts/whereabouts.js';
import { witnessFit } from './witness-fit.js';

const handover = {
  place: 'KRPUS',
  offeredAt: '2026-01-31T12:00:00.000Z',
  closedAt: '2026-01-31T13:00:00.000Z',
};

describe('witnessFit', () => {
  it('says whether a statement was there, and how far it is off', () => {
    const at = (eventTime: string, unlocode = 'KRPUS'): unknown =>
      witnessFit(handover, { where: { unlocode }, eventTime });
    expect(at('2026-01-31T21:30:00+09:00')).to.deep.equal({ atPlace: true, secondsOff: 0 });
    expect(at('2026-01-31T11:58:30Z')).to.deep.equal({ atPlace: true, secondsOff: 90 });
    expect(at('2026-01-31T13:00:05.400Z', 'CNSHA')).to.deep.equal({ atPlace: false, secondsOff: 5 });
    expect(witnessFit(handover, { where: undefined, eventTime: 'never' })).to.deep.equal({
      atPlace: undefined,
      secondsOff: undefined,
    });
  });

  it('takes the moment of the offer where no answer came yet', () => {
    const { place, offeredAt } = handover;
    const seen = { where: { unlocode: 'KRPUS' }, eventTime: '2026-01-31T12:01:00Z' };
    expect(witnessFit({ place, offeredAt }, seen).secondsOff).to.equal(60);
  });

  it('compares a handover at coordinates or a GLN with what says the same kind of place', () => {
    const { offeredAt } = handover;
    const fits = (place: string, where: Whereabouts): boolean | undefined =>
      witnessFit({ place, offeredAt }, { where, eventTime: offeredAt }).atPlace;
    const near = { point: { latitude: 35.1, longitude: 129.05 } };
    expect(fits('geo:35.1,129.04', near)).to.equal(true);
    expect(fits('geo:35.2,129.04', near)).to.equal(false);
    expect(fits('KRPUS', near)).to.equal(undefined);
    expect(fits('gln:4012345000115.GATE-3', { gln: '4012345000115' })).to.equal(true);
    expect(fits('gln:4012345000115', { gln: '6291041500213' })).to.equal(undefined);
  });
});
