import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';

const { Point } = ed25519;

/** Order of the group that the base point makes (RFC 8032 section 5.1). */
const ORDER = Point.Fn.ORDER;

/**
 * Ed25519 (RFC 8032 section 5.1.7) as Go and OpenSSL read it: S is below the order, and the encoding of [S]B − [h]A is compared
 * with R byte by byte. No cofactor, and nothing is refused for its small order: that is the caller's to do. The library's
 * own check multiplies by the cofactor, so that a signer could make signatures on which the two differ.
 *
 * @param key 32 bytes; where they are no point, no signature is valid.
 * @param signature R‖S, 64 bytes.
 */
export function verifyEd25519(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (key.length !== 32 || signature.length !== 64) return false;
  const r = signature.subarray(0, 32);
  const s = littleEndian(signature.subarray(32));
  const a = decodePoint(key);
  if (s >= ORDER || a === undefined) return false;
  const h = littleEndian(sha512.create().update(r).update(key).update(message).digest()) % ORDER;
  const expected = Point.BASE.multiplyUnsafe(s).subtract(a.multiplyUnsafe(h)).toBytes();
  return expected.every((byte, index) => byte === r[index]);
}

/**
 * Whether 32 bytes are a point whose order divides 8. Node 24.21 refuses every signature with such a key or R before it asks
 * OpenSSL; Node 22 and Go do not.
 */
export function hasSmallOrder(encoded: Uint8Array): boolean {
  return encoded.length === 32 && decodePoint(encoded)?.isSmallOrder() === true;
}

/** OpenSSL takes y modulo p and either sign for x = 0, which the library calls by the name of ZIP 215. */
function decodePoint(bytes: Uint8Array): InstanceType<typeof Point> | undefined {
  try {
    return Point.fromBytes(bytes, true);
  } catch {
    return undefined;
  }
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}
