import { PassageError } from '../errors/passage-error.js';

/**
 * A Unique Consignment Reference in the shape that the WCO recommends and the UK uses for its declarations: last digit of
 * the year, country, trader, a hyphen, and the trader's own reference; at most 35 characters.
 */
export type Ucr = {
  /** Last digit of the year in which the reference was given. */
  readonly yearDigit: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** The trader's id in that country: digits and capital letters. */
  readonly trader: string;
  /** The trader's reference: 1 to 18 of digits, capital letters, hyphen and parentheses. */
  readonly reference: string;
};

const MAX_LENGTH = 35;
const FORM = /^([0-9])([A-Z]{2})([0-9A-Z]{1,30})-([0-9A-Z()-]{1,18})$/;
const URN = 'urn:passage:ucr:';

/** @throws PassageError INVALID_IDENTIFIER. */
export function parseUcr(text: string): Ucr {
  const match = text.length <= MAX_LENGTH ? FORM.exec(text) : null;
  const [, yearDigit = '', country = '', trader = '', reference = ''] = match ?? [];
  if (match !== null) return { yearDigit, country, trader, reference };
  throw new PassageError(
    'INVALID_IDENTIFIER',
    'A UCR is the last digit of the year, a country, a trader, "-" and a reference, 35 characters at most',
    { identifier: 'UCR' },
  );
}

/** Whether a text is a UCR. */
export function isUcr(text: string): boolean {
  return text.length <= MAX_LENGTH && FORM.test(text);
}

/**
 * The UCR of four parts.
 *
 * @throws PassageError INVALID_IDENTIFIER where they do not make one.
 */
export function ucr({ yearDigit, country, trader, reference }: Ucr): string {
  const text = `${yearDigit}${country}${trader}-${reference}`;
  const parsed = parseUcr(text);
  if (parsed.trader === trader && parsed.country === country) return text;
  throw new PassageError('INVALID_IDENTIFIER', 'The parts of the UCR run into one another', {
    identifier: 'UCR',
  });
}

/** How an EPCIS event names a consignment: as the `bizTransaction` of type `psg:ucr`. */
export function ucrUri(text: string): string {
  return URN + text;
}

/** The UCR in such a URI, or undefined where it is not one. */
export function ucrOfUri(uri: string): string | undefined {
  const text = uri.startsWith(URN) ? uri.slice(URN.length) : '';
  return isUcr(text) ? text : undefined;
}
