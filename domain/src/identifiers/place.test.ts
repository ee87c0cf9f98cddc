import { expect } from 'chai';
import { geoPointIn, glnIn, isPlace, unlocodeIn } from './place.js';

describe('isPlace', () => {
  it('takes a UN/LOCODE, a GLN and coordinates', () => {
    const places = [
      'KRPUS',
      'gln:4012345000115',
      'gln:4012345000115.GATE-3',
      'geo:35.1028,129.0403',
      'geo:-90,180',
      'geo:0,0;u=35',
    ];
    expect(places.filter((place) => !isPlace(place))).to.deep.equal([]);
  });

  it('refuses what is none: wrong form, wrong check digit, out of range, too long', () => {
    const others = [
      '',
      'Busan',
      'krpus',
      'KRPU1',
      '4012345000115',
      'gln:4012345000116',
      'gln:401234500011',
      'gln:4012345000115.',
      'gln:4012345000115/A',
      'geo:90.1,0',
      'geo:0,-180.01',
      'geo:35.1',
      `geo:35.1,129;${'u'.repeat(64)}`,
    ];
    expect(others.filter(isPlace)).to.deep.equal([]);
  });
});

describe('places in events', () => {
  it('are read from an SGLN and a Digital Link', () => {
    const ids = [
      'urn:epc:id:sgln:4012345.00011.987',
      'https://id.gs1.org/414/4012345000115',
      'https://example.com/414/4012345000115/254/A',
    ];
    expect(ids.map(glnIn)).to.deep.equal(Array(3).fill('4012345000115'));
    expect(glnIn('urn:epc:id:sscc:4012345.0000000111')).to.equal(undefined);
  });

  it('are read from a UN/LOCODE alone, or behind a URI', () => {
    const busan = 'https://vocabulary.uncefact.org/unlocode#KRPUS';
    expect(['KRPUS', busan, 'urn:x:KRPUS', 'a/KRPUS'].map(unlocodeIn)).to.deep.equal(Array(4).fill('KRPUS'));
    expect(unlocodeIn('geo:35.1,129.0')).to.equal(undefined);
  });

  it('are read from a geo URI', () => {
    expect(geoPointIn('geo:35.1,-129.04;u=10')).to.deep.equal({ latitude: 35.1, longitude: -129.04 });
    expect(geoPointIn('geo:91,0')).to.equal(undefined);
  });
});
