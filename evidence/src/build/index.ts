export { buildBundle, provenEvents } from './build-bundle.js';
export type { BundleMaterial } from './build-bundle.js';
export { ShipmentCollector } from './collector.js';
export type { CollectedEvent, JudgedBlock } from './collector.js';
