import {
  isContainerNumber,
  isCountryCode,
  isGln,
  isHsCode,
  isPlace,
  isSscc,
  isStatementId,
  isTransportUnit,
  isUcr,
  isUnLocode,
} from '@passage/domain';
import { GraphQLScalarType } from 'graphql';

import { gatewayError } from '../errors.js';
import { toGraphQLError } from './graphql-errors.js';

/** A scalar that is a string of one form, checked on the way in; what goes out was checked when it was recorded. */
function text(name: string, form: string, is: (value: string) => boolean): GraphQLScalarType<string, string> {
  const check = (value: unknown): string => {
    if (typeof value === 'string' && is(value)) return value;
    throw toGraphQLError(
      gatewayError('BAD_ARGUMENT', `${shown(value)} is no ${name}: ${form}`, {
        next: 'Mend the value and ask again.',
      }),
    );
  };
  return new GraphQLScalarType({
    name,
    description: form,
    coerceOutputValue: String,
    coerceInputValue: check,
  });
}

function shown(value: unknown): string {
  const json = textOf(value);
  return json === undefined ? 'nothing' : json.length > 80 ? `${json.slice(0, 77)}…` : json;
}

/** A value as JSON; undefined where there is none, also of what is nested deeper than anybody writes JSON. */
function textOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** Date, time of day and offset (RFC 3339): a day that exists, and a time that nobody has to guess. */
const isInstant = (value: string): boolean =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/.test(value) &&
  !Number.isNaN(Date.parse(value)) &&
  Number(value.slice(8, 10)) <= new Date(Date.UTC(+value.slice(0, 4), +value.slice(5, 7), 0)).getUTCDate();

const isDecimal = (value: string): boolean =>
  value.length <= 40 && /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(value);

const isBase64 = (value: string): boolean =>
  value.length <= 4 << 20 && value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value);

const matches = (pattern: RegExp) => (value: string) => pattern.test(value);

const natural = new GraphQLScalarType<number, number>({
  name: 'Natural',
  description: 'a whole number from 0 to 2^53-1',
  coerceOutputValue: Number,
  coerceInputValue: (value) => {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
    const message = `${shown(value)} is no Natural: a whole number from 0 to 2^53-1`;
    throw toGraphQLError(gatewayError('BAD_ARGUMENT', message));
  },
});

/** The custom scalars of schema.graphql, with their checks. */
export const scalars: Readonly<Record<string, GraphQLScalarType>> = {
  UCR: text('UCR', 'last digit of the year, country, trader, "-", reference; 35 characters at most', isUcr),
  UNLOCODE: text('UNLOCODE', 'two letters of a country and three of A-Z, 2-9, as KRPUS', isUnLocode),
  PlaceId: text(
    'PlaceId',
    'a UN/LOCODE as KRPUS, gln: and a GLN, or geo: with latitude and longitude',
    isPlace,
  ),
  ContainerNumber: text(
    'ContainerNumber',
    'a container number with its check digit (ISO 6346), as CSQU3054383',
    isContainerNumber,
  ),
  SSCC: text('SSCC', '18 digits, the last of them the check digit (GS1)', isSscc),
  GLN: text('GLN', '13 digits, the last of them the check digit (GS1)', isGln),
  Decimal: text('Decimal', 'a decimal number as text: digits, and a fraction behind a point', isDecimal),
  CountryCode: text('CountryCode', 'two capital letters', isCountryCode),
  HSCode: text('HSCode', 'six digits of the Harmonized System', isHsCode),
  DateTime: text('DateTime', 'an instant in ISO 8601, with its offset', isInstant),
  PartyId: text(
    'PartyId',
    '1 to 64 letters, digits, dots, hyphens or underscores',
    matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
  ),
  KeyId: text('KeyId', '43 base64url digits', matches(/^[A-Za-z0-9_-]{43}$/)),
  Commitment: text('Commitment', '43 base64url digits', matches(/^[A-Za-z0-9_-]{43}$/)),
  StatementId: text('StatementId', 'ni:///sha-256; and 43 base64url digits', isStatementId),
  RequestId: text(
    'RequestId',
    '1 to 64 letters, digits, dots, colons, hyphens or underscores',
    matches(/^[A-Za-z0-9._:-]{1,64}$/),
  ),
  Hash: text('Hash', '64 lower-case hex digits', matches(/^[0-9a-f]{64}$/)),
  // Whether it is a statement is for the statement's own rule to say, one by one.
  Base64: text('Base64', 'base64 with padding (RFC 4648, 4), of at most 4 MiB', isBase64),
  CompactJWS: text('CompactJWS', 'a text of at most 1 MiB', (value) => value.length <= 1 << 20),
  OwnedId: text(
    'OwnedId',
    'a party id, a colon, and a number',
    matches(/^[A-Za-z0-9._-]{1,64}:[A-Za-z0-9._()-]{1,64}$/),
  ),
  TransportUnitId: text(
    'TransportUnitId',
    'container:, sscc:, vehicle:, ship: or flight: and the id, as container:CSQU3054383',
    isTransportUnit,
  ),
  Natural: natural,
};
