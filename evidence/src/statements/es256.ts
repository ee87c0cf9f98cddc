import { decodeBase64url, type PublicJwk } from '@passage/domain';
import {
  concatBytes,
  derElement,
  DerTag,
  derUnsigned,
  fromHex,
  importPublicKey,
  type PublicKey,
} from '@passage/ledger';

/** A SubjectPublicKeyInfo of P-256 (RFC 5480) up to the point, and the form of the point: both coordinates follow. */
const BEFORE_POINT = fromHex('3059301306072a8648ce3d020106082a8648ce3d03010703420004');

/** A device's key as the ledger's signatures are checked by; undefined where it is none of P-256. */
export function importedByLedger(jwk: PublicJwk): PublicKey | undefined {
  if (jwk.kty !== 'EC') return undefined;
  const [x, y] = [decodeBase64url(jwk.x), decodeBase64url(jwk.y)];
  return x && y && importPublicKey(concatBytes(BEFORE_POINT, x, y));
}

/** r and s one after the other, 32 bytes each (RFC 7518 section 3.4), in DER. */
export function derOf(signature: Uint8Array): Uint8Array {
  const [r, s] = [signature.subarray(0, 32), signature.subarray(32)];
  return derElement(DerTag.SEQUENCE, derUnsigned(r), derUnsigned(s));
}
