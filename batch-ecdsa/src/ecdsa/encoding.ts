import { at } from '../at.js';
import { LIMB_BITS, LIMB_MASK, LIMBS } from '../field/limbs.js';
import { isScalar } from './scalar.js';

/** How r and s are written: SEQUENCE {r, s} in DER (RFC 3279, section 2.2.3), or one after the other (IEEE P1363). */
export type SignatureEncoding = 'der' | 'ieee-p1363';

/** r and s as limbs, each from 1 to n - 1. */
export interface Scalars {
  readonly r: readonly number[];
  readonly s: readonly number[];
}

const SCALAR_BYTES = 32;
const SEQUENCE = 0x30;
const INTEGER = 0x02;

/** What a signature says; undefined where it is in any way unusual, and OpenSSL has to say what it thinks of it. */
export function readSignature(signature: Uint8Array, encoding: SignatureEncoding): Scalars | undefined {
  const [r, s] = encoding === 'der' ? integersOf(signature) : halvesOf(signature);
  return r && s && isScalar(r) && isScalar(s) ? { r, s } : undefined;
}

/** The limbs of a number in big-endian bytes, of which there are at most 32. */
export function limbsOf(bytes: Uint8Array, from = 0, to = bytes.length): number[] {
  const limbs: number[] = [];
  let [limb, bits] = [0, 0];
  for (let i = to - 1; i >= from; i--) {
    const byte = at(bytes, i);
    limb |= (byte << bits) & LIMB_MASK;
    bits += 8;
    if (bits < LIMB_BITS) continue;
    limbs.push(limb);
    bits -= LIMB_BITS;
    limb = byte >> (8 - bits);
  }
  limbs.push(limb);
  while (limbs.length < LIMBS) limbs.push(0);
  return limbs;
}

type Pair = readonly [r?: number[] | undefined, s?: number[] | undefined];

function halvesOf(signature: Uint8Array): Pair {
  if (signature.length !== 2 * SCALAR_BYTES) return [];
  return [limbsOf(signature, 0, SCALAR_BYTES), limbsOf(signature, SCALAR_BYTES)];
}

/** Two positive integers in their shortest form, and nothing else; lengths are so small that they take one byte. */
function integersOf(der: Uint8Array): Pair {
  if (der[0] !== SEQUENCE || der[1] !== der.length - 2 || der.length > 128) return [];
  const behindR = endOfInteger(der, 2);
  const behindS = behindR === undefined ? undefined : endOfInteger(der, behindR);
  if (behindR === undefined || behindS !== der.length) return [];
  return [positive(der, 4, behindR), positive(der, behindR + 2, behindS)];
}

function endOfInteger(der: Uint8Array, start: number): number | undefined {
  const length = der[start + 1];
  return der[start] === INTEGER && length !== undefined && length < 128 ? start + 2 + length : undefined;
}

function positive(der: Uint8Array, from: number, to: number): number[] | undefined {
  const [first = 0x80, second = 0] = [der[from], der[from + 1]];
  if (from >= to || first >= 0x80 || (first === 0 && second < 0x80)) return undefined;
  const digits = first === 0 ? from + 1 : from;
  return to - digits > SCALAR_BYTES ? undefined : limbsOf(der, digits, to);
}
