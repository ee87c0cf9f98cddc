export { openIndex } from './index/index-database.js';
export { openIndexer } from './index/indexer.js';
export { IndexReader } from './index/reader.js';
export { LedgerVerifier } from './index/ledger-verifier.js';
export type { VerifiedBlock } from './index/verified-block.js';
