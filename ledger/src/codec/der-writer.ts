import { concatBytes } from './bytes.js';

/** ASN.1 universal tags (X.690) that Fabric's headers and certificates are made of. */
export const DerTag = {
  BOOLEAN: 0x01,
  INTEGER: 0x02,
  BIT_STRING: 0x03,
  OCTET_STRING: 0x04,
  OID: 0x06,
  UTC_TIME: 0x17,
  GENERALIZED_TIME: 0x18,
  SEQUENCE: 0x30,
  SET: 0x31,
} as const;

/** One DER element: tag, shortest length, contents. */
export function derElement(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, part) => sum + part.length, 0);
  return concatBytes(Uint8Array.of(tag, ...lengthBytes(length)), ...contents);
}

/** INTEGER of an unsigned number given as big-endian bytes: leading zeros dropped, a zero put before a set sign bit. */
export function derUnsigned(bigEndian: Uint8Array): Uint8Array {
  const first = bigEndian.findIndex((byte) => byte !== 0);
  const digits = first < 0 ? Uint8Array.of(0) : bigEndian.subarray(first);
  const sign = (digits[0] ?? 0) >= 0x80 ? Uint8Array.of(0) : Uint8Array.of();
  return derElement(DerTag.INTEGER, sign, digits);
}

/** INTEGER of a whole number from 0 to 2^53-1. */
export function derInteger(value: number): Uint8Array {
  return derUnsigned(Uint8Array.from(bigEndianBytes(value)));
}

function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length];
  const digits = bigEndianBytes(length);
  return [0x80 | digits.length, ...digits];
}

function bigEndianBytes(value: number): number[] {
  const digits: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 0x100)) digits.unshift(rest % 0x100);
  return digits;
}
