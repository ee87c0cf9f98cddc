import { importEd25519, importP256, verifyEd25519, verifyEs256, type PublicKeyHandle } from '#crypto';
import { hasSmallOrder } from './curves.js';
import { algorithmOf, type PublicJwk, type SignatureAlgorithm } from './public-jwk.js';
import { remember } from './remember.js';
import { jwkThumbprint } from './thumbprint.js';

/** A key ready to verify with, its id beside it. */
export interface VerifyingKey {
  readonly kid: string;
  readonly algorithm: SignatureAlgorithm;
  readonly handle: PublicKeyHandle;
}

/** Imports a key that `readPublicJwk` gave. */
export const verifyingKey: (jwk: PublicJwk) => VerifyingKey = remember(coordinates, (jwk) => ({
  kid: jwkThumbprint(jwk),
  algorithm: algorithmOf(jwk),
  handle: jwk.kty === 'EC' ? importP256(jwk.x, jwk.y) : importEd25519(jwk.x),
}));

/** What tells keys apart at less cost than the thumbprint; no coordinate contains a dot. */
function coordinates(jwk: PublicJwk): string {
  return jwk.kty === 'EC' ? `${jwk.x}.${jwk.y}` : jwk.x;
}

/**
 * Whether `signature` (64 bytes, as JWS carries it) was made by the key over `data`. For Ed25519 that needs an R of large
 * order, which every honest signer's is.
 */
export function verifySignature(key: VerifyingKey, data: Uint8Array, signature: Uint8Array): boolean {
  if (key.algorithm === 'ES256') return verifyEs256(key.handle, data, signature);
  return !hasSmallOrder(signature.subarray(0, 32)) && verifyEd25519(key.handle, data, signature);
}
