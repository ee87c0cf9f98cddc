import { createECDH, createPrivateKey, hkdfSync } from 'node:crypto';
import type { SignatureAlgorithm } from '@passage/domain';
import { deviceKey, type DeviceKey, type PrivateJwk } from './device-key.js';

/** Order of P-256 (SP 800-186 section 3.2.1.3): a private key is a number from 1 to n − 1. */
const orderOfP256 = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** RFC 8410 section 7: everything of a PKCS #8 Ed25519 key that stands before its 32 bytes. */
const ed25519Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * The key of a simulated device: it follows from the seed and the device's name alone (HKDF with SHA-256, RFC 5869), so a
 * simulation run again has the same devices. Ed25519 signatures are then the same too; ES256 draws a fresh nonce for
 * each, so its signatures differ while the signed bytes, and with them every statementId, stay the same.
 * Never for a real device: who knows the seed has the key.
 */
export function seededKey(alg: SignatureAlgorithm, seed: string, name: string): DeviceKey {
  return deviceKey(alg === 'ES256' ? seededP256(seed, name) : seededEd25519(seed, name));
}

function secret(seed: string, name: string, attempt: number): Buffer {
  const info = `passage simulated device ${String(attempt)} ${name}`;
  return Buffer.from(hkdfSync('sha256', seed, '', info, 32));
}

function seededP256(seed: string, name: string): PrivateJwk {
  for (let attempt = 0; ; attempt++) {
    const d = secret(seed, name, attempt);
    const scalar = BigInt(`0x${d.toString('hex')}`);
    // Once in 2^32 draws the number is not below the order: draw again, so that every key stays equally likely.
    if (scalar > 0n && scalar < orderOfP256) return p256Jwk(d);
  }
}

function p256Jwk(d: Buffer): PrivateJwk {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(d);
  // Uncompressed point (SEC 1 section 2.3.3): 04, then x and y of 32 bytes each.
  const point = ecdh.getPublicKey();
  return {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
    d: d.toString('base64url'),
  };
}

function seededEd25519(seed: string, name: string): PrivateJwk {
  const der = Buffer.concat([ed25519Prefix, secret(seed, name, 0)]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ format: 'jwk' }) as PrivateJwk;
}
