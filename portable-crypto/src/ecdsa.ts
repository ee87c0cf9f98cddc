import { ecdsa, weierstrass } from '@noble/curves/abstract/weierstrass.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { sha256 } from '@noble/hashes/sha2.js';

/** The NIST curves that X.509 certificates of a Fabric network may use. */
export type Curve = 'P-224' | 'P-256' | 'P-384' | 'P-521';

/** SP 800-186 section 3.2.1.2; the library has the other three. */
const p224 = ecdsa(
  weierstrass({
    p: 2n ** 224n - 2n ** 96n + 1n,
    a: 2n ** 224n - 2n ** 96n - 2n,
    b: 0xb4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4n,
    n: 0xffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3dn,
    Gx: 0xb70e0cbd6bb4bf7f321390b94a03c1d356c21122343280d6115c1d21n,
    Gy: 0xbd376388b5f723fb4c22dfe6cd4375a05a07476444d5819985007e34n,
    h: 1n,
  }),
  sha256,
);

const CURVES = { 'P-224': p224, 'P-256': p256, 'P-384': p384, 'P-521': p521 } as const;

/** Whether the bytes are a point of the curve other than infinity: 04, x and y (SEC 1 section 2.3.3), both reduced. */
export function isEcdsaPoint(curve: Curve, point: Uint8Array): boolean {
  return point[0] === 0x04 && CURVES[curve].utils.isValidPublicKey(point, false);
}

/**
 * ECDSA (FIPS 186-5 section 6.4.2). A high s passes as a low one does, as it does in OpenSSL.
 *
 * @param point that `isEcdsaPoint` found good.
 * @param digest of the message; of one that is longer than the group's order the leftmost bits count.
 * @param signature r‖s, each as long as the order (IEEE P1363).
 */
export function verifyEcdsa(
  curve: Curve,
  point: Uint8Array,
  digest: Uint8Array,
  signature: Uint8Array,
): boolean {
  const { lengths, verify } = CURVES[curve];
  if (signature.length !== lengths.signature) return false;
  return verify(signature, digest, point, { prehash: false, lowS: false, format: 'compact' });
}
