import { DerTag, decodeUtf8 } from '../codec/index.js';
import type { DerElement } from '../codec/index.js';

const UTC_TIME = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?Z$/;
const GENERALIZED_TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;

/** Seconds since 1970 of a certificate's time (RFC 5280 section 4.1.2.5), undefined if it is none. */
export function readTime({ tag, content }: DerElement): number | undefined {
  const text = decodeUtf8(content) ?? '';
  switch (tag) {
    case DerTag.UTC_TIME: {
      const [year = NaN, ...rest] = digitsOf(UTC_TIME, text);
      return secondsOf([year + (year < 50 ? 2000 : 1900), ...rest]);
    }
    case DerTag.GENERALIZED_TIME:
      return secondsOf(digitsOf(GENERALIZED_TIME, text));
    default:
      return undefined;
  }
}

function digitsOf(pattern: RegExp, text: string): number[] {
  const found: readonly (string | undefined)[] = pattern.exec(text)?.slice(1) ?? [];
  return found.map((part) => Number(part ?? 0));
}

function secondsOf(parts: readonly number[]): number | undefined {
  const [year = NaN, month = NaN, day = NaN, hour = NaN, minute = NaN, second = NaN] = parts;
  const time = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  // Date.UTC carries overflow on; a month, day or hour that does not exist must not become another.
  const isReal =
    time.getUTCMonth() === month - 1 &&
    time.getUTCDate() === day &&
    time.getUTCHours() === hour &&
    time.getUTCSeconds() === second;
  return isReal ? time.getTime() / 1000 : undefined;
}
