import { importEd25519, importP256, verifyEd25519, verifyEs256, type PublicKeyHandle } from '#crypto';
import { algorithmOf, type PublicJwk, type SignatureAlgorithm } from './public-jwk.js';
import { jwkThumbprint } from './thumbprint.js';

/** A key ready to verify with, its id beside it. */
export interface VerifyingKey {
  readonly kid: string;
  readonly algorithm: SignatureAlgorithm;
  readonly handle: PublicKeyHandle;
}

/** How many imported keys are kept: importing costs more than a verification, and a device signs many statements. */
const KEPT = 1024;
const imported = new Map<string, VerifyingKey>();

/** Imports a key that `readPublicJwk` gave. What is kept between calls follows from the key alone and is bounded. */
export function verifyingKey(jwk: PublicJwk): VerifyingKey {
  const name = jwk.kty === 'EC' ? `${jwk.x}.${jwk.y}` : jwk.x;
  const known = imported.get(name);
  if (known !== undefined) return known;
  const key: VerifyingKey = {
    kid: jwkThumbprint(jwk),
    algorithm: algorithmOf(jwk),
    handle: jwk.kty === 'EC' ? importP256(jwk.x, jwk.y) : importEd25519(jwk.x),
  };
  const [oldest] = imported.keys();
  if (imported.size >= KEPT && oldest !== undefined) imported.delete(oldest);
  imported.set(name, key);
  return key;
}

/** Whether `signature` (64 bytes, as JWS carries it) was made by the key over `data`. */
export function verifySignature(key: VerifyingKey, data: Uint8Array, signature: Uint8Array): boolean {
  const verify = key.algorithm === 'ES256' ? verifyEs256 : verifyEd25519;
  return verify(key.handle, data, signature);
}
