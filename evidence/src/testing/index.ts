export { badBundles, Stories } from './bad-bundles.js';
export { custodyChain, type Told, type WriteSet } from './custody-chain.js';
export { nodeKey } from './node-key.js';
export { enrolled } from './party-certificate.js';
export { arriveCrossed, confirms, filesLate, forgesHold, revokes, Story, type More } from './story.js';
export { rewritten, wireEdit, type WireEdit } from './wire-edits.js';
