import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

import { toLowS } from '@passage/ledger';

import { EnrolmentError, messageOf } from '../errors.js';
import type { SigningKey } from './signing-key.js';

/** A new P-256 private key as PKCS#8 PEM (RFC 5958). */
export function newKeyPem(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** The key in a PEM text. `name` says where it comes from. Throws EnrolmentError KEY_UNUSABLE. */
export function pemKey(pem: string, name: string): SigningKey {
  const key = readKey(pem, name);
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new EnrolmentError('KEY_UNUSABLE', `the key ${name} is not on curve P-256, which Fabric asks for`);
  }
  return {
    publicKeyInfo: createPublicKey(key).export({ type: 'spki', format: 'der' }),
    sign: (message) => Promise.resolve(toLowS(sign('sha256', message, key), 'P-256')),
  };
}

function readKey(pem: string, name: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    throw new EnrolmentError('KEY_UNUSABLE', `${name} holds no usable private key: ${messageOf(cause)}`, {
      cause,
    });
  }
}
