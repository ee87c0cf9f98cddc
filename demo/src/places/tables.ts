import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { type Place, readCoordinates } from './place.js';

/** Ways of travelling that the tables know: the columns of gateways.csv and arrivals.csv. */
export const ways = ['sea', 'rail', 'road', 'air', 'post'] as const;
export type Way = (typeof ways)[number];

/** The place for each way of travelling; empty where the table names none. */
export type Gateways = Readonly<Record<Way, string>>;

/** Places by UN/LOCODE. */
export const places: ReadonlyMap<string, Place> = new Map(
  readTable('places.csv').map((row) => [
    cell(row, 'code'),
    {
      code: cell(row, 'code'),
      name: cell(row, 'name'),
      functions: cell(row, 'function'),
      ...readCoordinates(cell(row, 'coordinates')),
    },
  ]),
);

/** Where goods leave, by country (ISO 3166-1 alpha-2). */
export const gatewaysByCountry = readGateways('gateways.csv', 'country');

/** Where goods arrive in Korea, by number of the customs office. */
export const gatewaysByOffice = readGateways('arrivals.csv', 'office');

type Row = Readonly<Record<string, string>>;

function readGateways(file: string, key: string): ReadonlyMap<string, Gateways> {
  return new Map(
    readTable(file).map((row) => [
      cell(row, key),
      {
        sea: cell(row, 'sea'),
        rail: cell(row, 'rail'),
        road: cell(row, 'road'),
        air: cell(row, 'air'),
        post: cell(row, 'post'),
      },
    ]),
  );
}

function readTable(file: string): Row[] {
  return parse(readFileSync(new URL(`../../data/${file}`, import.meta.url)), { columns: true });
}

function cell(row: Row, column: string): string {
  const value = row[column];
  if (value === undefined) throw new Error(`a table of the demo has no column ${column}`);
  return value;
}
