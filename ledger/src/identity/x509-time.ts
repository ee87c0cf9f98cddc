import { DerTag, decodeUtf8 } from '../codec/index.js';
import type { DerElement } from '../codec/index.js';

const UTC_TIME = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?Z$/;
const GENERALIZED_TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;

/** Seconds since 1970 of a certificate's time (RFC 5280 section 4.1.2.5), undefined if it is none. */
export function readTime({ tag, content }: DerElement): number | undefined {
  const pattern = tag === DerTag.UTC_TIME ? UTC_TIME : GENERALIZED_TIME;
  if (tag !== DerTag.UTC_TIME && tag !== DerTag.GENERALIZED_TIME) return undefined;
  const digits = pattern.exec(decodeUtf8(content) ?? '');
  if (digits === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = digits
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  const century = tag === DerTag.GENERALIZED_TIME ? 0 : year < 50 ? 2000 : 1900;
  const milliseconds = Date.UTC(century + year, month - 1, day, hour, minute, second);
  // Date.UTC carries overflow on; a day that does not exist must not become another.
  const isReal = new Date(milliseconds).getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  return isReal ? milliseconds / 1000 : undefined;
}
