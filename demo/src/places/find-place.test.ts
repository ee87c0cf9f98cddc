import { expect } from 'chai';
import type { TransportMode } from '@passage/domain';
import { needSharedData } from '@passage/testing';
import { kcsFiles, simpleCsv } from '../testing/simple-csv.js';
import { arrivalPlace, departurePlace } from './find-place.js';
import type { Place } from './place.js';

/** UN/LOCODE's function that a place must have for a way of travelling; post also leaves from an airport. */
const functionsFor: Readonly<Record<string, string>> = { 1: '1', 2: '2', 3: '3', 4: '4', 5: '45', 9: '1' };

function serves(place: Place, mode: string): boolean {
  return [...(functionsFor[mode] ?? '')].some((sign) => place.functions.includes(sign));
}

describe('departurePlace', () => {
  it("takes the country's own place, one in a neighbour, or the one for unknown countries, and says which", () => {
    const found = (country: string, mode: TransportMode): string[] => {
      const { place, rule } = departurePlace(country, mode);
      return [place.code, rule];
    };
    expect(found('CN', '1')).to.deep.equal(['CNSGH', 'own']);
    expect(found('CN', '4')).to.deep.equal(['CNPVG', 'own']);
    expect(found('CH', '1')).to.deep.equal(['NLRTM', 'transit']);
    expect(found('MN', '2')).to.deep.equal(['CNTXG', 'substitute']);
    expect(found('ZZ', '1')).to.deep.equal(['SGSIN', 'unlisted']);
    expect(found('BV', '4')).to.deep.equal(['SGSIN', 'unlisted']);
  });

  it('gives a place with the function that is needed for every row of the Korean data set', function () {
    const folder = needSharedData(this, 'kcs-declarations');
    const rows = kcsFiles.flatMap((file) => simpleCsv(folder, file));
    const ways = new Set(
      rows.map((row) => `${row['Country of Departure']} ${row['Mode of Transport']?.charAt(0)}`),
    );
    expect(rows).to.have.lengthOf(37_385 + 8134);
    expect(ways.size).to.be.greaterThan(200);
    for (const way of ways) {
      const [country = '', mode = ''] = way.split(' ');
      const { place, rule } = departurePlace(country, mode as TransportMode);
      expect(serves(place, mode), `${way}: ${place.code}`).to.equal(true);
      expect(rule, way).to.be.oneOf(country === 'ZZ' ? ['unlisted'] : ['own', 'transit']);
    }
  });
});

describe('arrivalPlace', () => {
  it('knows the four large offices and sends all others to the main places', () => {
    const codes = (office: string): string[] =>
      (['1', '2', '3', '4', '5', '9'] as const).map((mode) => arrivalPlace(office, mode).code);
    expect(codes('20')).to.deep.equal(['KRINC', 'KRINC', 'KRINC', 'KRICN', 'KRSEL', 'KRINC']);
    expect(codes('30')).to.deep.equal(['KRPUS', 'KRPUS', 'KRPUS', 'KRPUS', 'KRSEL', 'KRPUS']);
    expect(codes('777')).to.deep.equal(['KRPUS', 'KRPUS', 'KRPUS', 'KRICN', 'KRSEL', 'KRPUS']);
  });

  it('gives a Korean place with the function that is needed, and never the one the goods left from', function () {
    const folder = needSharedData(this, 'kcs-declarations');
    for (const row of kcsFiles.flatMap((file) => simpleCsv(folder, file))) {
      const mode = row['Mode of Transport']?.charAt(0) as TransportMode;
      const place = arrivalPlace(row['Office ID'] ?? '', mode);
      expect(place.code.startsWith('KR') && serves(place, mode), `${mode} ${place.code}`).to.equal(true);
      expect(departurePlace(row['Country of Departure'] ?? '', mode).place.code).not.to.equal(place.code);
    }
  });
});
