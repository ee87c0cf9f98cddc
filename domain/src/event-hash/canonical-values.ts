import { isDateTime } from '../epcis/values.js';

const ZERO = 48;
const DECIMAL = /^([+-]?)(?:([0-9]+)(?:\.([0-9]*))?|\.([0-9]+))$/;

/**
 * A decimal without plus sign and without zeros at either end: "+007.50" is "7.5". Works on the digits, so nothing is
 * rounded. Undefined where the text is no decimal.
 */
export function canonicalDecimal(text: string): string | undefined {
  const match = DECIMAL.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = match[4] ?? ''] = match;
  const digits = `${whole.slice(leadingZeros(whole))}.${fraction.slice(0, lengthWithoutZeros(fraction))}`;
  const [before = '', after = ''] = digits.split('.', 2);
  const size = `${before === '' ? '0' : before}${after === '' ? '' : `.${after}`}`;
  return sign === '-' && size !== '0' ? `-${size}` : size;
}

function leadingZeros(digits: string): number {
  let count = 0;
  while (digits.charCodeAt(count) === ZERO) count += 1;
  return count;
}

function lengthWithoutZeros(digits: string): number {
  let length = digits.length;
  while (digits.charCodeAt(length - 1) === ZERO) length -= 1;
  return length;
}

/**
 * A number as a decimal without exponent. The strict JSON reader lets only numbers through whose shortest form has the
 * digits that were written, so this is the decimal of the text.
 */
export function decimalOf(value: number): string {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  const [, sign = '', before = '', after = ''] = /^(-?)([0-9]+)\.?([0-9]*)$/.exec(mantissa) ?? [];
  const point = before.length + Number(exponent);
  const digits = `${before}${after}`.padStart(before.length + after.length - Math.min(point, 0), '0');
  const at = Math.max(point, 0);
  const padded = digits.padEnd(at, '0');
  const text = `${sign}${padded.slice(0, at) || '0'}.${padded.slice(at)}`;
  return canonicalDecimal(text) ?? String(value);
}

const TIME = /^(.{19})(?:\.([0-9]+))?(Z|[+-][0-9]{2}:[0-9]{2})$/;

/**
 * A time in UTC with milliseconds, half a millisecond rounded up; undefined where the text is no time with an offset.
 */
export function canonicalTime(text: string): string | undefined {
  const [, base = '', fraction = '', zone = ''] = TIME.exec(text) ?? [];
  if (!isDateTime(base + zone)) return undefined;
  const digits = fraction.slice(0, 4).padEnd(4, '0');
  const milliseconds = Number(digits.slice(0, 3)) + (digits.charAt(3) >= '5' ? 1 : 0);
  return new Date(Date.parse(base + zone) + milliseconds).toISOString();
}

/** Compares two texts by code point. (The language compares by UTF-16 unit, which puts emoji before U+FF21.) */
export function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const [x, y] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** The order of UTF-16 units that puts surrogates, which stand for code points above U+FFFF, last. */
function rank(unit: number): number {
  if (unit >= 0xe000) return unit - 0x800;
  return unit >= 0xd800 ? unit + 0x2000 : unit;
}
