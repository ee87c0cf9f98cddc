import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import {
  type JsonObject,
  type PublicJwk,
  readPublicJwk,
  type SignatureAlgorithm,
  verifyingKey,
  verifySignature,
} from '@passage/domain';

/** A device's private key, ready to sign, with its public face. */
export interface DeviceKey {
  readonly alg: SignatureAlgorithm;
  readonly jwk: PublicJwk;
  /** Key id: the RFC 7638 thumbprint of `jwk`. */
  readonly kid: string;
  /** The signature as JWS carries it, 64 bytes: r‖s for ES256 (RFC 7518 section 3.4), R‖S for EdDSA (RFC 8032). */
  sign(data: Uint8Array): Uint8Array;
}

/** A private JWK: the public members and `d` (RFC 7518 section 6.2.2, RFC 8037 section 2). */
export type PrivateJwk = PublicJwk & { readonly d: string };

/** Makes a new private key from the system's own randomness. */
export function generatePrivateJwk(alg: SignatureAlgorithm): PrivateJwk {
  const { privateKey } =
    alg === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519');
  return privateKey.export({ format: 'jwk' }) as PrivateJwk;
}

/**
 * Makes a private JWK ready to sign.
 *
 * @throws Error when it is no P-256 or Ed25519 private key, or when its public members are not those of `d`: a device
 *   would otherwise sign what nobody can verify.
 */
export function deviceKey(privateJwk: PrivateJwk): DeviceKey {
  const privateKey = createPrivateKey({ format: 'jwk', key: { ...privateJwk } });
  const jwk = readPublicJwk(createPublicKey(privateKey).export({ format: 'jwk' }) as JsonObject);
  const { kid, algorithm: alg } = verifyingKey(jwk);
  const key: DeviceKey = {
    alg,
    jwk,
    kid,
    sign: (data) =>
      alg === 'ES256'
        ? sign('sha256', data, { key: privateKey, dsaEncoding: 'ieee-p1363' })
        : sign(null, data, privateKey),
  };
  if (jwk.x !== privateJwk.x || !signsForItself(key)) throw new Error('its public part is of another key');
  return key;
}

function signsForItself(key: DeviceKey): boolean {
  const probe = Buffer.from('passage key check');
  return verifySignature(verifyingKey(key.jwk), probe, key.sign(probe));
}
