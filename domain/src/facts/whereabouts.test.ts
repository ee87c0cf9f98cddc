import { expect } from 'chai';
import { arePlacesOne, areApart, metresApart, whereaboutsOf, whereaboutsOfPlace } from './whereabouts.js';

const busan = 'https://vocabulary.uncefact.org/unlocode#KRPUS';

describe('whereaboutsOf', () => {
  it('reads a point and a UN/LOCODE from read point and business location', () => {
    const event = { readPoint: { id: 'geo:35.1,-129.04;u=10' }, bizLocation: { id: busan } };
    expect(whereaboutsOf(event)).to.deep.equal({
      point: { latitude: 35.1, longitude: -129.04 },
      unlocode: 'KRPUS',
    });
    expect(whereaboutsOf({ readPoint: { id: busan } })).to.deep.equal({ unlocode: 'KRPUS' });
    expect(whereaboutsOf({ readPoint: { id: 'urn:epc:id:sgln:4012345.00011.987' } })).to.deep.equal({
      gln: '4012345000115',
    });
  });

  it('finds no place in anything else', () => {
    for (const id of ['urn:epc:id:sscc:4012345.0000000111', 'geo:91,0', 'geo:0,181', 'geo:x,y', 'geo:1']) {
      expect(whereaboutsOf({ readPoint: { id } }), id).to.equal(undefined);
    }
    expect(whereaboutsOf({ readPoint: 'KRPUS' })).to.equal(undefined);
  });
});

describe('whereaboutsOfPlace', () => {
  it('reads the place of a record', () => {
    expect(whereaboutsOfPlace('KRPUS')).to.deep.equal({ unlocode: 'KRPUS' });
    expect(whereaboutsOfPlace('gln:4012345000115.GATE-3')).to.deep.equal({ gln: '4012345000115' });
    expect(whereaboutsOfPlace('geo:35.1,-129.04')).to.deep.equal({
      point: { latitude: 35.1, longitude: -129.04 },
    });
    expect(whereaboutsOfPlace('somewhere')).to.equal(undefined);
  });
});

describe('distances', () => {
  const paris = { point: { latitude: 48.8566, longitude: 2.3522 } };
  const london = { point: { latitude: 51.5074, longitude: -0.1278 } };

  it('measures along the great circle', () => {
    // Paris to London: 343.5 km (haversine, mean radius).
    expect(metresApart(paris, london)).to.be.closeTo(343_556, 500);
    expect(
      metresApart({ point: { latitude: 0, longitude: 0 } }, { point: { latitude: 0, longitude: 180 } }),
    ).to.equal(Math.round(Math.PI * 6_371_008.8));
  });

  it('knows a GLN again, and takes two for two gates of one port', () => {
    const [gate, other] = [{ gln: '4012345000115' }, { gln: '6291041500213' }];
    expect(metresApart(gate, gate)).to.equal(0);
    expect(arePlacesOne(gate, gate, 0)).to.equal(true);
    expect(metresApart(gate, other)).to.equal(undefined);
    expect(areApart(gate, other, 1)).to.equal(false);
    expect(arePlacesOne(gate, { unlocode: 'KRPUS' }, 1)).to.equal(undefined);
  });

  it('says nothing where it cannot know', () => {
    expect(metresApart(paris, { unlocode: 'GBLON' })).to.equal(undefined);
    expect(areApart(paris, { unlocode: 'GBLON' }, 1)).to.equal(false);
    expect(metresApart({ unlocode: 'FRPAR' }, { unlocode: 'GBLON' })).to.equal(undefined);
    expect(areApart({ unlocode: 'FRPAR' }, { unlocode: 'GBLON' }, 1)).to.equal(true);
  });
});
