import { LIMB_BITS, LIMB_MASK, LIMBS } from '../field/limbs.js';
import { isScalar } from './scalar.js';
import type { Limbs } from '../field/limbs.js';

/** How r and s are written: SEQUENCE {r, s} in DER (RFC 3279, section 2.2.3), or one after the other (IEEE P1363). */
export type SignatureEncoding = 'der' | 'ieee-p1363';

/** r and s, each from 1 to n - 1. */
export interface Scalars {
  readonly r: Limbs;
  readonly s: Limbs;
}

const SCALAR_BYTES = 32;
const SEQUENCE = 0x30;
const INTEGER = 0x02;

/**
 * Reads what a signature says.
 *
 * @param into is worth something only if it could be read.
 * @returns false where it is in any way unusual, and OpenSSL has to say what it thinks of it.
 */
export function readSignature(signature: Uint8Array, encoding: SignatureEncoding, into: Scalars): boolean {
  const isRead = encoding === 'der' ? readIntegers(signature, into) : readHalves(signature, into);
  return isRead && isScalar(into.r) && isScalar(into.s);
}

/** Reads a number of big-endian bytes, of which there are at most 32. */
export function readLimbs(bytes: Uint8Array, from: number, to: number, into: Limbs): void {
  let [limb, bits, count] = [0, 0, 0];
  for (let i = to - 1; i >= from; i--) {
    const byte = bytes[i] ?? 0;
    limb |= (byte << bits) & LIMB_MASK;
    bits += 8;
    if (bits < LIMB_BITS) continue;
    into[count++] = limb;
    bits -= LIMB_BITS;
    limb = byte >> (8 - bits);
  }
  into[count++] = limb;
  while (count < LIMBS) into[count++] = 0;
}

function readHalves(signature: Uint8Array, { r, s }: Scalars): boolean {
  if (signature.length !== 2 * SCALAR_BYTES) return false;
  readLimbs(signature, 0, SCALAR_BYTES, r);
  readLimbs(signature, SCALAR_BYTES, signature.length, s);
  return true;
}

/** Two positive integers in their shortest form, and nothing else; lengths are so small that they take one byte. */
function readIntegers(der: Uint8Array, { r, s }: Scalars): boolean {
  if (der[0] !== SEQUENCE || der[1] !== der.length - 2 || der.length > 128) return false;
  const behindR = endOfInteger(der, 2);
  const behindS = endOfInteger(der, behindR);
  if (behindS !== der.length) return false;
  return readPositive(der, 4, behindR, r) && readPositive(der, behindR + 2, behindS, s);
}

/** NaN where none begins there. */
function endOfInteger(der: Uint8Array, start: number): number {
  const length = der[start + 1];
  return der[start] === INTEGER && length !== undefined && length < 128 ? start + 2 + length : NaN;
}

function readPositive(der: Uint8Array, from: number, to: number, into: Limbs): boolean {
  const [first = 0x80, second = 0] = [der[from], der[from + 1]];
  if (from >= to || first >= 0x80 || (first === 0 && second < 0x80)) return false;
  const digits = first === 0 ? from + 1 : from;
  if (to - digits > SCALAR_BYTES) return false;
  readLimbs(der, digits, to, into);
  return true;
}
