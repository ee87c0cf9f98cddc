export type { ChainKey } from './certificates.js';
export type { Consenter, Consortium, Member, Organization } from './consortium.js';
export { BlockDraft, type DraftContext, type Drafted, type Kind } from './draft.js';
export {
  generateChain,
  type ChainOptions,
  type GeneratedBlock,
  type GeneratedChain,
  type GeneratedTransaction,
} from './generate-chain.js';
export { EVERYTHING, PUTS, type Mix } from './mix.js';
export { MUTATIONS, newForge, type Broken, type Forge, type Mutation, type Verdict } from './broken/index.js';
export { transact, type Invocation, type Signatory } from './transact.js';
export * as invalidKinds from './kinds-invalid.js';
export * as validKinds from './kinds-valid.js';
