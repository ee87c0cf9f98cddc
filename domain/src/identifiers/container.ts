import { PassageError } from '../errors/passage-error.js';

/** The parts of a freight container's number (ISO 6346). */
export type ContainerNumber = {
  /** Three letters, registered with the BIC. */
  readonly owner: string;
  /** U freight container, J equipment that belongs to one, Z trailer or chassis. */
  readonly category: string;
  /** Six digits. */
  readonly serial: string;
  readonly checkDigit: string;
};

const FORM = /^([A-Z]{3})([UJZ])([0-9]{6})([0-9])$/;
const LETTER_A = 65;
const EPC = 'urn:epc:id:bic:';

/** What a sign counts (ISO 6346 annex A): digits themselves, letters from 10 up, leaving out the multiples of 11. */
function signValue(sign: string): number {
  if (sign <= '9') return Number(sign);
  const rank = sign.charCodeAt(0) - LETTER_A;
  return rank + 10 + Math.ceil(rank / 10);
}

/**
 * The check digit of a container number (ISO 6346 annex A): signs weighted by powers of two from the left, modulo 11; a
 * remainder of 10 is written 0.
 *
 * @param signs the ten signs before the check digit: four letters, six digits.
 */
export function containerCheckDigit(signs: string): string {
  let sum = 0;
  for (let index = 0; index < signs.length; index += 1) sum += signValue(signs.charAt(index)) * 2 ** index;
  return String((sum % 11) % 10);
}

/**
 * Reads a container number in its compact form of eleven signs.
 *
 * @throws PassageError INVALID_IDENTIFIER; details say whether the form or the check digit is wrong.
 */
export function parseContainerNumber(text: string): ContainerNumber {
  const match = FORM.exec(text);
  if (match === null) {
    throw new PassageError(
      'INVALID_IDENTIFIER',
      'A container number has three letters, then U, J or Z, and seven digits',
      { identifier: 'ISO 6346', fault: 'form' },
    );
  }
  const [, owner = '', category = '', serial = '', checkDigit = ''] = match;
  if (containerCheckDigit(text.slice(0, 10)) !== checkDigit) {
    throw new PassageError('INVALID_IDENTIFIER', `The container number ${text} has a wrong check digit`, {
      identifier: 'ISO 6346',
      fault: 'check digit',
    });
  }
  return { owner, category, serial, checkDigit };
}

/** Whether a text is a container number with the right check digit. */
export function isContainerNumber(text: string): boolean {
  return FORM.test(text) && containerCheckDigit(text.slice(0, 10)) === text.slice(10);
}

/** How EPCIS names a container (EPC Tag Data Standard, the BIC scheme). */
export function containerEpc(number: string): string {
  return EPC + number;
}

/** The container number in such a URI, or undefined where it is not one. */
export function containerOfEpc(uri: string): string | undefined {
  const number = uri.startsWith(EPC) ? uri.slice(EPC.length) : '';
  return isContainerNumber(number) ? number : undefined;
}
