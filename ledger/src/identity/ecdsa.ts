import { verifySignature } from '#crypto';
import { DerReader, DerTag, compareBytes, derElement, derUnsigned, equalBytes } from '../codec/index.js';
import { recover } from '../errors.js';
import type { Curve, PublicKey } from '#crypto';

/** Orders of the curves' groups (SEC 2; FIPS 186-5), n. */
const ORDERS: Readonly<Record<Curve, bigint>> = {
  'P-224': 0xffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3dn,
  'P-256': 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  'P-384':
    0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  'P-521':
    0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
};

/** As long as a sequence can be whose length takes one byte. */
const SHORT_BYTES = 2 + 0x7f;

interface EcdsaSignature {
  /** Big-endian digits of the positive integers, without leading zeros. */
  readonly r: Uint8Array;
  readonly s: Uint8Array;
  /** Whether the bytes it was read from are its DER and nothing else. */
  readonly isExact: boolean;
}

/**
 * Reads SEQUENCE {r, s} as Fabric does (bccsp/utils/ecdsa.go over Go's encoding/asn1): what follows s, inside the
 * sequence or behind it, is ignored. Undefined if it is no such thing or a number is not positive.
 */
function readEcdsaSignature(signature: Uint8Array): EcdsaSignature | undefined {
  return recover(
    () => {
      const whole = new DerReader(signature);
      const fields = whole.enter(DerTag.SEQUENCE);
      const r = fields.positive();
      const s = fields.positive();
      return r && s && { r, s, isExact: whole.atEnd && fields.atEnd };
    },
    () => undefined,
  );
}

function isLowS(s: Uint8Array, curve: Curve): boolean {
  const half = halfOrderOf(curve);
  return s.length < half.length || (s.length === half.length && compareBytes(s, half) <= 0);
}

/** Recognises what nearly every signature is: DER of two positive numbers, so short that lengths take one byte, with a low S. */
function isStrictWithLowS(signature: Uint8Array, half: Uint8Array): boolean {
  const { length } = signature;
  if (signature[0] !== DerTag.SEQUENCE || signature[1] !== length - 2 || length > SHORT_BYTES) return false;
  const start = endOfPositive(signature, 2);
  if (endOfPositive(signature, start) !== length) return false;
  const digits = start + (signature[start + 2] === 0 ? 3 : 2);
  if (length - digits !== half.length) return length - digits < half.length;
  for (let i = 0; i < half.length; i++) {
    const difference = (signature[digits + i] ?? 0) - (half[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return true;
}

/** Where a positive INTEGER in shortest form ends that begins at `start`; NaN where there is none. */
function endOfPositive(der: Uint8Array, start: number): number {
  const [tag, length = 0, first = 0x80, second = 0] = [
    der[start],
    der[start + 1],
    der[start + 2],
    der[start + 3],
  ];
  const isPositive = first > 0 || (length > 1 && second >= 0x80);
  return tag === DerTag.INTEGER && length > 0 && length < 0x80 && first < 0x80 && isPositive
    ? start + 2 + length
    : NaN;
}

const halfOrders = new Map<Curve, Uint8Array>();

function halfOrderOf(curve: Curve): Uint8Array {
  const known = halfOrders.get(curve);
  if (known !== undefined) return known;
  const half = bigEndian(ORDERS[curve] >> 1n);
  halfOrders.set(curve, half);
  return half;
}

function encodeEcdsaSignature({ r, s }: Pick<EcdsaSignature, 'r' | 's'>): Uint8Array {
  return derElement(DerTag.SEQUENCE, derUnsigned(r), derUnsigned(s));
}

/**
 * Whether the signature is one that Fabric accepts from an identity: ECDSA over SHA-256 with the low S
 * (bccsp/sw/ecdsa.go), or Ed25519. Never throws.
 */
export function isValidSignature(key: PublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  const acceptable = acceptableSignature(key, signature);
  return acceptable !== undefined && verifySignature(key, 'sha256', message, acceptable);
}

/** What is left to verify of a signature, in strict DER for ECDSA; undefined where Fabric accepts none like it. */
export function acceptableSignature(key: PublicKey, signature: Uint8Array): Uint8Array | undefined {
  if (key.algorithm === 'Ed25519') return signature;
  if (key.algorithm !== 'ECDSA') return undefined;
  if (isStrictWithLowS(signature, halfOrderOf(key.curve))) return signature;
  const parsed = readEcdsaSignature(signature);
  if (parsed === undefined || !isLowS(parsed.s, key.curve)) return undefined;
  return parsed.isExact ? signature : encodeEcdsaSignature(parsed);
}

/**
 * The signature with s replaced by n − s where s is high, in DER. Signers that do not know Fabric's rule pass theirs
 * through here. Bytes that are no ECDSA signature come back as they are.
 */
export function toLowS(signature: Uint8Array, curve: Curve): Uint8Array {
  const parsed = readEcdsaSignature(signature);
  if (parsed === undefined) return signature;
  const { r, s } = parsed;
  const low = isLowS(s, curve) ? s : bigEndian(ORDERS[curve] - toBigInt(s));
  const encoded = encodeEcdsaSignature({ r, s: low });
  return equalBytes(encoded, signature) ? signature : encoded;
}

function toBigInt(digits: Uint8Array): bigint {
  return digits.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function bigEndian(value: bigint): Uint8Array {
  const digits: number[] = [];
  for (let rest = value; rest > 0n; rest >>= 8n) digits.unshift(Number(rest & 0xffn));
  return Uint8Array.from(digits);
}
