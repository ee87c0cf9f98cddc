import { DerReader, DerTag, derElement, derUnsigned } from '@passage/ledger';

/** AlgorithmIdentifier of a P-256 key: id-ecPublicKey with prime256v1 (RFC 5480, 2.1.1). */
const P256_KEY = Buffer.from('301306072a8648ce3d020106082a8648ce3d030107', 'hex');

/** SubjectPublicKeyInfo of a token's CKA_EC_POINT, which is an uncompressed point in an OCTET STRING (PKCS#11, 6.3.3). */
export function derOfPoint(ecPoint: Uint8Array): Uint8Array {
  const point = new DerReader(ecPoint).expect(DerTag.OCTET_STRING).content;
  return derElement(DerTag.SEQUENCE, P256_KEY, derElement(DerTag.BIT_STRING, Uint8Array.of(0), point));
}

/** The DER signature of what a token gives: r and s of 32 bytes each, one after the other (PKCS#11, 6.3.1). */
export function signatureOfHalves(halves: Uint8Array): Uint8Array {
  const half = halves.length / 2;
  return derElement(
    DerTag.SEQUENCE,
    derUnsigned(halves.subarray(0, half)),
    derUnsigned(halves.subarray(half)),
  );
}
