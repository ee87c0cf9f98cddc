import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { needSharedData } from '@passage/testing';
import { readCoordinates } from './place.js';
import { gatewaysByCountry, gatewaysByOffice, places, ways } from './tables.js';

type Row = Readonly<Record<string, string>>;

/** The position of each way's function in UN/LOCODE's eight. */
const position = { sea: 0, rail: 1, road: 2, air: 3, post: 4 } as const;

function ownTable(): Row[] {
  return parse(readFileSync(new URL('../../data/places.csv', import.meta.url)), { columns: true });
}

/** The rows of the UN/LOCODE list by code; a place may stand there twice, under two names. */
function listByCode(folder: string): Map<string, Row[]> {
  const text = gunzipSync(readFileSync(join(folder, 'un-locode-2024-1.csv.gz')));
  const rows = parse<Row>(text, { columns: true });
  return Map.groupBy(rows, ({ country = '', location = '' }) => country + location);
}

describe('places.csv', () => {
  it('agrees with UN/LOCODE 2024-1: every code, function and coordinate that it claims from there', function () {
    const list = listByCode(needSharedData(this, 'locode'));
    for (const { code = '', coordinates, coordinatesFrom, function: functions } of ownTable()) {
      const rows = list.get(code) ?? [];
      expect(
        rows.map((row) => row['function']),
        code,
      ).to.include(functions);
      const listed = rows.map((row) => row['coordinates']).filter((text) => text !== '');
      if (coordinatesFrom === 'UNECE') expect(listed, code).to.include(coordinates);
      else expect([coordinatesFrom, listed], code).to.deep.equal(['Passage', []]);
    }
  }).timeout(20_000);

  it('has each place once, and none that no gateway needs', () => {
    const codes = ownTable().map(({ code }) => code);
    const used = [...gatewaysByCountry.values(), ...gatewaysByOffice.values()].flatMap((row) =>
      Object.values(row),
    );
    expect(new Set(codes).size).to.equal(codes.length);
    expect(new Set(codes)).to.deep.equal(new Set(used.filter((code) => code !== '')));
  });
});

describe('gateways.csv and arrivals.csv', () => {
  it('name places with the function that is needed; post also leaves from airports', () => {
    for (const [key, row] of [...gatewaysByCountry, ...gatewaysByOffice]) {
      for (const way of ways) {
        const functions = places.get(row[way])?.functions;
        const holds =
          functions?.charAt(position[way]) !== '-' || (way === 'post' && functions.charAt(3) === '4');
        expect(row[way] === '' ? way : holds, `${key} ${way}`).to.be.oneOf([true, 'rail', 'road']);
      }
    }
  });
});

describe('readCoordinates', () => {
  it('turns minutes into decimals and south and west into negatives', () => {
    expect(readCoordinates('3508N 12903E')).to.deep.equal({ latitude: 35 + 8 / 60, longitude: 129.05 });
    expect(readCoordinates('2356S 04619W').latitude).to.be.closeTo(-23.9333, 0.0001);
    expect(readCoordinates('2356S 04619W').longitude).to.be.closeTo(-46.3167, 0.0001);
  });

  it('refuses another form', () => {
    for (const text of ['', '3508N', '35.08N 129.03E', '3508X 12903E']) {
      expect(() => readCoordinates(text), text).to.throw();
    }
  });
});
