const ZERO = 48;

/**
 * The check digit for the digits before it (GS1 General Specifications section 7.9): weights 3, 1, 3, … from the right,
 * filled up to a multiple of ten.
 *
 * @param digits the key without its check digit, digits only.
 */
export function gs1CheckDigit(digits: string): string {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const weight = (digits.length - index) % 2 === 1 ? 3 : 1;
    sum += (digits.charCodeAt(index) - ZERO) * weight;
  }
  return String((10 - (sum % 10)) % 10);
}

/** Whether a text has this many digits and the last of them is the check digit. */
function isKey(text: string, ...lengths: readonly number[]): boolean {
  if (!lengths.includes(text.length) || !/^[0-9]+$/.test(text)) return false;
  return gs1CheckDigit(text.slice(0, -1)) === text.slice(-1);
}

/** Whether a text is a GTIN-8, -12, -13 or -14 (trade items). */
export function isGtin(text: string): boolean {
  return isKey(text, 8, 12, 13, 14);
}

/** Whether a text is a GLN of 13 digits (places and parties). */
export function isGln(text: string): boolean {
  return isKey(text, 13);
}

/** Whether a text is an SSCC of 18 digits (logistic units such as pallets). */
export function isSscc(text: string): boolean {
  return isKey(text, 18);
}

/** Whether a text is a GSIN of 17 digits (shipments). */
export function isGsin(text: string): boolean {
  return isKey(text, 17);
}
