const SEQUENCE = 0x30;
const INTEGER = 0x02;
const HALF = 32;

/** A P-256 signature r‖s of 64 bytes (IEEE P1363) as ASN.1 DER `SEQUENCE { INTEGER r, INTEGER s }` (RFC 3279 section 2.2.3). */
export function derSignature(signature: Uint8Array): Uint8Array {
  const r = signature.subarray(firstByte(signature, 0), HALF);
  const s = signature.subarray(firstByte(signature, HALF), 2 * HALF);
  const [rLength, sLength] = [lengthOf(r), lengthOf(s)];
  const der = new Uint8Array(6 + rLength + sLength);
  der.set([SEQUENCE, 4 + rLength + sLength, INTEGER, rLength]);
  der.set(r, 4 + rLength - r.length);
  der.set([INTEGER, sLength], 4 + rLength);
  der.set(s, 6 + rLength + sLength - s.length);
  return der;
}

/** Where the half that begins at `start` has its first byte that counts: DER leaves leading zeros out, all but the last. */
function firstByte(signature: Uint8Array, start: number): number {
  let at = start;
  while (at < start + HALF - 1 && signature[at] === 0) at += 1;
  return at;
}

/** The bytes of a DER INTEGER: a zero stands in front of one that would look negative. */
function lengthOf(magnitude: Uint8Array): number {
  return magnitude.length + ((magnitude[0] ?? 0) >> 7);
}
