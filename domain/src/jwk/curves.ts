/** Big-endian bytes as a number. */
export function bigEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return value;
}

const P256 = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const P256_B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

/** Whether (x, y) is a point of P-256 with reduced coordinates (SP 800-186 section 3.2.1.3: y² = x³ − 3x + b). */
export function isOnP256(x: bigint, y: bigint): boolean {
  return x < P256 && y < P256 && (y * y - (x * x * x - 3n * x + P256_B)) % P256 === 0n;
}

const P25519 = 2n ** 255n - 19n;
const D25519 = 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n;
/** y of two of the four points of order 8; the other two have its negative. */
const Y_OF_ORDER_8 = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n;

/** y of every point whose order divides 8. */
const SMALL_ORDER_Y: readonly bigint[] = [0n, 1n, P25519 - 1n, Y_OF_ORDER_8, P25519 - Y_OF_ORDER_8];

const SMALL_ORDER = SMALL_ORDER_Y.map((y) =>
  Uint8Array.from({ length: 32 }, (_, index) => Number((y >> BigInt(8 * index)) & 0xffn)),
);

/**
 * Whether the canonical encoding of a point says that its order divides 8. A signature with such an R is refused here,
 * because Node 24.21 refuses it and older ones do not, and endorsers have to agree.
 */
export function hasSmallOrder(encoded: Uint8Array): boolean {
  return SMALL_ORDER.some((y) => y.every((byte, index) => byte === valueOfY(encoded, index)));
}

/** One byte of y: the top bit of the last one belongs to x. */
function valueOfY(encoded: Uint8Array, index: number): number | undefined {
  return index === 31 ? (encoded[31] ?? 0) & 0x7f : encoded[index];
}

/** Why 32 bytes are not an Ed25519 public key to be trusted, or undefined where they are one. */
export type Ed25519Fault = 'not canonical' | 'not on the curve' | 'of small order';

/**
 * Judges an encoded Ed25519 point (RFC 8032 section 5.1.3). A point of small order is refused because under it
 * one fixed signature verifies any message, for every verifier that does not look for such points itself.
 */
export function ed25519Fault(encoded: Uint8Array): Ed25519Fault | undefined {
  const y = bigEndian(encoded.toReversed()) & ((1n << 255n) - 1n);
  if (y >= P25519) return 'not canonical';
  if (SMALL_ORDER_Y.includes(y)) return 'of small order';
  const u = y * y - 1n;
  const v = D25519 * y * y + 1n;
  // x² = u/v has a solution exactly when u·v is a square (Euler's criterion; v is never 0 on this curve).
  return power((u * v) % P25519, (P25519 - 1n) / 2n, P25519) === 1n ? undefined : 'not on the curve';
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (let square = base, rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}
