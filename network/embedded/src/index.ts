export { growLedger, type Growth } from './grow-ledger.js';
export type { EmbeddedNetwork } from './network.js';
export { startNetwork } from './start-network.js';
export type { NetworkOptions, RunningNetwork } from './start-network.js';
