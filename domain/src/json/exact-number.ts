/**
 * The value of a JSON number whose shortest decimal form is the number that was written, or undefined where reading
 * would change it: more digits than a double holds, an integer beyond 2^53−1, overflow, underflow. −0 gives 0.
 */
export function exactNumber(token: string): number | undefined {
  const value = Number(token);
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) return undefined;
  // Rounding to the nearest double never moves a number by a factor of ten, so equal digits are equal numbers.
  return significantDigits(token) === significantDigits(String(value)) ? value + 0 : undefined;
}

const ZERO = 48;

/** The digits of a decimal without sign, point, exponent, and zeros at either end; none for zero. */
function significantDigits(token: string): string {
  const [mantissa = ''] = token.toLowerCase().split('e', 1);
  const digits = mantissa.replace('-', '').replace('.', '');
  let start = 0;
  let end = digits.length;
  while (digits.charCodeAt(start) === ZERO) start += 1;
  while (end > start && digits.charCodeAt(end - 1) === ZERO) end -= 1;
  return digits.slice(start, end);
}
