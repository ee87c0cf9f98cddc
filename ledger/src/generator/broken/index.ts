import * as invalid from '../kinds-invalid.js';
import * as valid from '../kinds-valid.js';
import { generateChain } from '../generate-chain.js';
import { EDITED_BLOCKS } from './edited-blocks.js';
import { EDITED_CHAINS } from './edited-chains.js';
import { FORGED_TRANSACTIONS } from './forged-transactions.js';
import { STRANGE_ORDERERS } from './strange-orderers.js';
import { CHAINCODE, Forge } from './forge.js';
import type { ChainKey } from '../certificates.js';
import type { Kind } from '../draft.js';
import type { Mutation } from './mutation.js';

export type { Forge } from './forge.js';
export type { Broken, Mutation, Verdict } from './mutation.js';

/** Every way to break a chain that there is a name for. */
export const MUTATIONS: readonly Mutation[] = [
  ...EDITED_BLOCKS,
  ...EDITED_CHAINS,
  ...STRANGE_ORDERERS,
  ...FORGED_TRANSACTIONS,
];

/** Blocks 3 to 10 of the chain that is broken; two of them hold nothing but a new configuration. */
const SCRIPT: readonly Kind[] = [
  [valid.put, valid.readModifyWrite, valid.put, valid.remove, invalid.wrongEndorser, invalid.staleRead],
  [valid.privateData, valid.range, invalid.phantom, invalid.duplicate, valid.keyPolicy, invalid.malformed],
  [valid.revokeClient],
  [valid.put, invalid.revokedClient, valid.largeRange, valid.restock, valid.guardedPut, valid.put],
  [valid.put, valid.put, valid.readModifyWrite, valid.remove, valid.privateData, valid.put],
  [valid.put, invalid.staleRead, valid.privateData, valid.put, valid.remove, valid.put],
  [valid.configUpdate],
  [valid.put, valid.put, valid.put],
].flat();

/** The good chain that every mutation breaks: four organisations, four orderers, eleven blocks. */
export function newForge(newKey: () => ChainKey): Forge {
  return new Forge(
    generateChain({ newKey, script: SCRIPT, perBlock: 6, channel: 'corpus', chaincode: CHAINCODE }),
  );
}
