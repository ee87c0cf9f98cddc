import { generateKeyPairSync, sign } from 'node:crypto';
import type { ChainKey } from '@passage/ledger/generator';

/** A fresh P-256 key in this process. */
export function nodeKey(): ChainKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    publicKeyInfo: publicKey.export({ format: 'der', type: 'spki' }),
    sign: (message) => sign('sha256', message, privateKey),
  };
}
