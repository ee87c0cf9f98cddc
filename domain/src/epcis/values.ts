import { unitOfUri, unitUri } from '../identifiers/transport-unit.js';
import { report, text, type Check } from './check.js';

const MAX_URI_LENGTH = 1024;
/** A scheme or prefix, a colon, and no sign that RFC 3986 keeps out of URIs; letters of other scripts are let in. */
const URI = /^[A-Za-z][A-Za-z0-9+._-]*:[^\s<>"{}|\\^`\p{Cc}]+$/u;

export function isUri(value: string): boolean {
  return value.length <= MAX_URI_LENGTH && URI.test(value);
}

const VEHICLE = unitUri('vehicle:');

/** A URI, or a CURIE, which has the same form. A vehicle's is a commitment to its plate: a plate never stands in clear. */
export const uri: Check = (value, pointer, scope) => {
  const isPlate = typeof value === 'string' && value.startsWith(VEHICLE) && unitOfUri(value) === undefined;
  if (isPlate) report(scope, pointer, 'VALUE', 'must name a vehicle by a commitment to its plate');
  else plainUri(value, pointer, scope);
};

const plainUri: Check = text('be a URI', isUri);

/** The spellings of CBV's own words that JSON does not take: they have to be bare (EPCIS 2.0 JSON schema). */
const OLD_CBV = /^(?:urn:epcglobal:cbv:|https?:\/\/ns\.gs1\.org\/cbv\/)/;
const GS1_VOCABULARY = /^https?:\/\/(?:www\.)?gs1\.org\/voc\//;

/** A bare word of a CBV list, or somebody's own word as a URI. */
export function wordOrUri(words: ReadonlySet<string>, what: string): Check {
  const must = `be a bare ${what}, or a URI other than urn:epcglobal:cbv:`;
  return text(must, (value) => words.has(value) || (isUri(value) && !OLD_CBV.test(value)));
}

/** A bare word that the EPCIS context takes from GS1's web vocabulary, or somebody's own word as a URI. */
export function gs1WordOrUri(words: ReadonlySet<string>, what: string): Check {
  const must = `be a bare ${what}, or a URI outside GS1's web vocabulary`;
  return text(must, (value) => words.has(value) || (isUri(value) && !GS1_VOCABULARY.test(value)));
}

const TIME =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))$/;
const OFFSET = /^[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00)$/;

/** Whether a text is an xsd:dateTimeStamp (EPCIS 2.0 section 7.3.2), however fine, on a day that exists. */
export function isDateTime(value: string): boolean {
  const [, year = '', month = '', day = ''] = TIME.exec(value) ?? [];
  return year !== '' && isDay(Number(year), Number(month), Number(day));
}

function isDay(year: number, month: number, day: number): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day >= 1 && day <= (lengths[month - 1] ?? 0);
}

export const dateTime: Check = text(
  'be a date and time with an offset, as in 2026-03-01T08:30:00Z',
  isDateTime,
);

/** `eventTimeZoneOffset` (EPCIS 2.0 JSON schema): the local offset where the event happened. */
export const offset: Check = text('be an offset from -14:00 to +14:00', (value) => OFFSET.test(value));

export const anyText: Check = text('', () => true);

/** `hexBinaryValue`: whole bytes, as xsd:hexBinary wants them, and not none, as the EPCIS 2.0 JSON schema does. */
export const hexBytes: Check = text('be whole bytes in hex', (value) => /^(?:[0-9A-Fa-f]{2})+$/.test(value));

/** A unit of measure: UN/ECE Recommendation 20, two or three letters or digits. */
export const unitOfMeasure: Check = text('be a unit of UN/ECE Recommendation 20', (value) =>
  /^[A-Z0-9]{2,3}$/.test(value),
);

export const number: Check = (value, pointer, scope) => {
  if (typeof value !== 'number') report(scope, pointer, 'TYPE', 'must be a number');
};

export const boolean: Check = (value, pointer, scope) => {
  if (typeof value !== 'boolean') report(scope, pointer, 'TYPE', 'must be true or false');
};
