import { DerReader, DerTag, derElement, derUnsigned, fromHex, toHex } from '../../codec/index.js';

/** The bytes with one bit turned. */
export function flipBit(bytes: Uint8Array, at: number, bit = 0): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ (1 << bit);
  return copy;
}

/** Where the part first stands in the whole; −1 if nowhere. */
export function indexOfBytes(whole: Uint8Array, part: Uint8Array): number {
  for (let start = 0; start + part.length <= whole.length; start++) {
    if (part.every((byte, index) => whole[start + index] === byte)) return start;
  }
  return -1;
}

/** Order of the group of P-256 (FIPS 186-5). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** The other signature that ECDSA takes for the same message: s turned into n − s. Fabric takes only the low one. */
export function highS(lowSignature: Uint8Array): Uint8Array {
  const fields = new DerReader(lowSignature).enter(DerTag.SEQUENCE);
  const [r, s] = [fields.integer(), fields.integer()];
  const high = (ORDER - BigInt(`0x${toHex(s)}`)).toString(16).padStart(64, '0');
  return derElement(DerTag.SEQUENCE, derUnsigned(r), derUnsigned(fromHex(high)));
}
