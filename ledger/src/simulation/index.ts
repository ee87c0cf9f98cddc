export { CollectionAccess } from './collection-access.js';
export { readChaincodeRequest, runsAlready } from './other-chaincodes.js';
export type { ChaincodeRequest } from './other-chaincodes.js';
export type { HistoryEntry, SimulatedLedger } from './queries.js';
export * from './shim-messages.js';
export { Simulation } from './simulation.js';
