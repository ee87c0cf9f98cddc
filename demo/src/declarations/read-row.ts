import { type HsEdition, isCountryCode, isHsCode, type TransportMode } from '@passage/domain';
import type { Declaration } from './declaration.js';
import { DeclarationError } from './declaration-error.js';

/** Columns of the Korean data set that are read; others may be there. */
export const columns = {
  id: 'Declaration ID',
  date: 'Date',
  office: 'Office ID',
  mode: 'Mode of Transport',
  declarant: 'Declarant ID',
  importer: 'Importer ID',
  seller: 'Seller ID',
  courier: 'Courier ID',
  hs: 'HS6 Code',
  departure: 'Country of Departure',
  origin: 'Country of Origin',
  taxRate: 'Tax Rate',
  mass: 'Net Mass',
  price: 'Item Price',
} as const;

export type Column = keyof typeof columns;

/** A row's fields by column, and the line of the file it stands on. */
export interface Row {
  readonly line: number;
  readonly fields: Readonly<Record<Column, string>>;
}

/** The day from which goods are coded in the 2022 edition of the Harmonized System. */
const hs2022 = '2022-01-01';

type Rule = { readonly must: string; readonly holds: (text: string) => boolean };

function matches(pattern: RegExp, must: string): Rule {
  return { must, holds: (text) => pattern.test(text) };
}

const party = matches(/^[0-9A-Z]{1,14}$/, 'be a party code of 1 to 14 digits and capital letters');
const partyOrNone: Rule = {
  must: `${party.must}, or empty`,
  holds: (text) => text === '' || party.holds(text),
};
const country: Rule = { must: 'be a country code of two capital letters', holds: isCountryCode };
const amount = matches(/^\d{1,30}(\.\d{1,30})?(e[+-]?\d{1,2})?$/, 'be a number that is not negative');

/** What each column must hold. Price, tax and mass are judged here and go no further. */
const rules: Readonly<Record<Column, Rule>> = {
  id: matches(/^[0-9A-Z-]{1,18}$/, 'have 1 to 18 digits, capital letters or hyphens'),
  date: { must: 'be a day, YYYY-MM-DD', holds: isDay },
  office: matches(/^\d{1,3}$/, 'have 1 to 3 digits'),
  mode: matches(/^[1-9]0$/, 'be 10, 20 … 90'),
  declarant: party,
  importer: party,
  seller: partyOrNone,
  courier: partyOrNone,
  hs: { must: 'be a six-digit HS code', holds: isHsCode },
  departure: country,
  origin: country,
  taxRate: amount,
  mass: amount,
  price: amount,
};

/**
 * The declaration in a row. Odd rows are legal: no seller, no mass, an HS code of another edition, departure from Korea.
 *
 * @throws DeclarationError DECLARATION_MALFORMED with the line and every column that breaks its rule.
 */
export function readRow({ line, fields }: Row): Declaration {
  const broken = (Object.keys(rules) as Column[]).filter((column) => !rules[column].holds(fields[column]));
  if (broken.length > 0) {
    const faults = broken.map(
      (column) => `${columns[column]} must ${rules[column].must}, not ${quote(fields[column])}`,
    );
    throw new DeclarationError('DECLARATION_MALFORMED', `Line ${line}: ${faults.join('; ')}.`);
  }
  const { id, date, office, mode, declarant, importer, seller, courier, hs, departure, origin } = fields;
  return {
    id,
    date,
    office,
    // The data set writes UNECE Recommendation 19's digit with a 0 behind it (our reading; see its README).
    transportMode: mode.charAt(0) as TransportMode,
    declarant,
    importer,
    ...(seller === '' ? {} : { seller }),
    ...(courier === '' ? {} : { courier }),
    hs,
    hsEdition: hsEditionOn(date),
    departure,
    origin,
  };
}

/** The edition of the Harmonized System in force on a day: a new one every five years (HS Convention, article 16). */
function hsEditionOn(date: string): HsEdition {
  return date < hs2022 ? '2017' : '2022';
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  // A day that no month has is moved on by Date, not refused.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function quote(text: string): string {
  return text === '' ? 'empty' : JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
