export { openIndex } from './index/index-database.js';
export { openIndexer } from './index/indexer.js';
export { IndexReader } from './index/reader.js';
export { verifierOf } from './index/ledger-verifier.js';
export { rebuildIndex } from './index/rebuild-index.js';
export type { VerifiedBlock } from './index/verified-block.js';
