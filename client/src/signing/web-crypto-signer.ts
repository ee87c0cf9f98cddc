import type { webcrypto } from 'node:crypto';

import { derElement, derUnsigned, DerTag, toLowS } from '@passage/ledger';

import { ClientError } from '../errors.js';
import type { Signer } from './signer.js';

/**
 * A signer over a key of the Web Cryptography API, in a browser or in Node; the key need not be extractable.
 *
 * @param key private, ECDSA, P-256, usable for `sign`.
 * @throws ClientError KEY_UNUSABLE
 */
export function webCryptoSigner(key: webcrypto.CryptoKey, mspId: string, certificate: string): Signer {
  const { name, namedCurve } = key.algorithm as Partial<webcrypto.EcKeyAlgorithm>;
  if (name !== 'ECDSA' || namedCurve !== 'P-256' || !key.usages.includes('sign')) {
    throw new ClientError('KEY_UNUSABLE', 'the key is no ECDSA key on P-256 that may sign');
  }
  return {
    mspId,
    certificate,
    async sign(message) {
      const signature = await crypto.subtle.sign({ name, hash: 'SHA-256' }, key, Uint8Array.from(message));
      return toLowS(derOf(new Uint8Array(signature)), 'P-256');
    },
  };
}

/** SEQUENCE {r, s} (RFC 3279, 2.2.3) of the 64 bytes r||s that the Web Cryptography API gives (IEEE P1363). */
function derOf(raw: Uint8Array): Uint8Array {
  return derElement(DerTag.SEQUENCE, derUnsigned(raw.subarray(0, 32)), derUnsigned(raw.subarray(32)));
}
