export { claimedLastConfig, ConfigurationChain, eventsInEnvelope, isSignedUnder } from './chain-parts.js';
export { buildBundle, provenEvents } from './build-bundle.js';
export type { BundleMaterial } from './build-bundle.js';
export { keysOf, ShipmentCollector, toText } from './collector.js';
export type { JudgedBlock } from './collector.js';
export type { CollectedEvent, PackedConfiguration, ShipmentMaterial } from './material.js';
