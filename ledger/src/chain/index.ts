export { FactFinder, type BlockFacts, type FactsWanted } from './block-facts.js';
export { CHECKS, describeDifference, type Check, type Difference } from './difference.js';
export { restoreHead, serializeHead, type ChainHead, type SerializedHead } from './head.js';
export { readClaims, type Claims } from './claims.js';
export { checkDataHash } from './block-checks.js';
export { linkNextBlock, type LinkedBlock } from './link-next-block.js';
export { startChain } from './start-chain.js';
export { verifyNextBlock, type ChainKnowledge, type VerifiedBlock } from './verify-next-block.js';
export type { CheckCounts } from './check-counts.js';
