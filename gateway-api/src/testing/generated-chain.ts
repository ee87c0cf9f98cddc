import { generateKeyPairSync, sign } from 'node:crypto';

import { generateChain } from '@passage/ledger/generator';
import type { ChainOptions, GeneratedChain } from '@passage/ledger/generator';

import type { Trust } from '../trust.js';

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

/** What a gateway starts from that trusts a generated chain. */
export function trustIn({ genesisHash }: Pick<GeneratedChain, 'genesisHash'>): Trust {
  return { format: 'passage-trust-1', network: 'embedded', channel: 'generated', genesisHash };
}
