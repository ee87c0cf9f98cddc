import { expect } from 'chai';
import type { TransportMode } from '@passage/domain';
import { needSharedData } from '@passage/testing';
import { kcsFiles, simpleCsv } from '../testing/simple-csv.js';
import { arrivalPlace, departurePlace } from './find-place.js';
import type { Place } from './place.js';

/** UN/LOCODE's function that a place must have for a way of travelling; post also leaves from an airport. */
const functionsFor: Readonly<Record<string, string>> = { 1: '1', 2: '2', 3: '3', 4: '4', 5: '45', 9: '1' };

function serves(place: Place, mode: string): boolean {
  return (functionsFor[mode] ?? '').split('').some((sign) => place.functions.includes(sign));
}

/** How many rows the Korean data set has, and the different values that some of its columns have together. */
function distinct(folder: string, columns: readonly string[]): [number, string[][]] {
  const rows = kcsFiles.flatMap((file) => simpleCsv(folder, file));
  const values = new Set(rows.map((row) => columns.map((column) => row[column]).join(' ')));
  return [rows.length, [...values].map((text) => text.split(' '))];
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
    const [rows, ways] = distinct(folder, ['Country of Departure', 'Mode of Transport']);
    expect(rows).to.equal(37_385 + 8134);
    expect(ways.length).to.be.greaterThan(200);
    for (const [country = '', tens = ''] of ways) {
      const mode = tens.charAt(0);
      const way = `${country} ${mode}`;
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
    const [, ways] = distinct(folder, ['Office ID', 'Mode of Transport', 'Country of Departure']);
    for (const [office = '', tens = '', country = ''] of ways) {
      const mode = tens.charAt(0) as TransportMode;
      const place = arrivalPlace(office, mode);
      expect(place.code.startsWith('KR') && serves(place, mode), `${mode} ${place.code}`).to.equal(true);
      expect(departurePlace(country, mode).place.code).not.to.equal(place.code);
    }
  });
});
