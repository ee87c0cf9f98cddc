/**
 * The value of a JSON number whose shortest decimal form is the number that was written, or undefined where reading
 * would change it: more digits than a double holds, an integer beyond 2^53−1, overflow, underflow. −0 gives 0.
 */
export function exactNumber(token: string): number | undefined {
  const value = Number(token);
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) return undefined;
  const short = String(value);
  if (short === token) return value;
  return sameDecimal(decimal(token), decimal(short)) ? value + 0 : undefined;
}

/** A decimal as sign, digits without zeros at either end, and the power of ten of the last digit. */
interface Decimal {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

function decimal(token: string): Decimal {
  const negative = token.startsWith('-');
  const [mantissa = '', power = '0'] = token
    .slice(negative ? 1 : 0)
    .toLowerCase()
    .split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const all = whole + fraction;
  let end = all.length;
  while (end > 0 && all.charCodeAt(end - 1) === ZERO) end -= 1;
  let start = 0;
  while (start < end && all.charCodeAt(start) === ZERO) start += 1;
  const digits = all.slice(start, end);
  return { negative, digits, exponent: Number(power) - fraction.length + all.length - end };
}

const ZERO = 48;

function sameDecimal(a: Decimal, b: Decimal): boolean {
  if (a.digits === '' || b.digits === '') return a.digits === b.digits;
  return a.digits === b.digits && a.exponent === b.exponent && a.negative === b.negative;
}
