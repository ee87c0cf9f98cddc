import { generateKeyPairSync, sign } from 'node:crypto';

import { generateChain } from '@passage/ledger/generator';
import type { ChainOptions, GeneratedChain } from '@passage/ledger/generator';

/** A chain of real Fabric blocks, made in this process. */
export function generatedChain(transactions: number, options: Partial<ChainOptions> = {}): GeneratedChain {
  return generateChain({
    newKey: () => {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      return {
        publicKeyInfo: publicKey.export({ format: 'der', type: 'spki' }),
        sign: (message) => sign('sha256', message, privateKey),
      };
    },
    transactions,
    ...options,
  });
}
