import { digest, type HashName } from './digest.js';

/** Big-endian digits of both numbers, without leading zeros. */
export interface RsaPublicKey {
  readonly modulus: Uint8Array;
  readonly exponent: Uint8Array;
}

/** What stands before the digest in the signed block: DigestInfo up to its OCTET STRING's contents (RFC 8017 section 9.2, note 1). */
const DIGEST_INFO: Readonly<Record<HashName, readonly number[]>> = {
  sha256: digestInfo(0x01, 32),
  sha384: digestInfo(0x02, 48),
  sha512: digestInfo(0x03, 64),
};

function digestInfo(lastOfOid: number, length: number): number[] {
  const algorithm = [0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, lastOfOid, 0x05, 0x00];
  return [0x30, 17 + length, 0x30, algorithm.length, ...algorithm, 0x04, length];
}

/** OpenSSL's limits (OPENSSL_RSA_MAX_MODULUS_BITS and its like), which also keep the arithmetic short. */
const MAX_MODULUS_BYTES = 2048;
const MAX_EXPONENT_BYTES = 8;

/**
 * RSASSA-PKCS1-v1_5 (RFC 8017 section 8.2.2). The padded block is built anew and compared whole, so that there is no
 * padding to be lenient about.
 */
export function verifyRsaPkcs1(
  { modulus, exponent }: RsaPublicKey,
  hash: HashName,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const length = modulus.length;
  const padded = paddedDigest(hash, message, length);
  if (padded === undefined || length > MAX_MODULUS_BYTES || exponent.length > MAX_EXPONENT_BYTES)
    return false;
  if (signature.length !== length) return false;
  const [n, s] = [bigEndian(modulus), bigEndian(signature)];
  return s < n && power(s, bigEndian(exponent), n) === bigEndian(padded);
}

/** EMSA-PKCS1-v1_5 (RFC 8017 section 9.2); undefined where the modulus is too short for it. */
function paddedDigest(hash: HashName, message: Uint8Array, length: number): Uint8Array | undefined {
  const info = Uint8Array.of(...DIGEST_INFO[hash], ...digest(hash, message));
  if (length < info.length + 11) return undefined;
  const block = new Uint8Array(length).fill(0xff);
  block.set([0x00, 0x01]);
  block.set([0x00, ...info], length - info.length - 1);
  return block;
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (let square = base, rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

function bigEndian(bytes: Uint8Array): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}
