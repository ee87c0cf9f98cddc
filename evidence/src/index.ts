export * from './events/index.js';
export * from './head/index.js';
export * from './shipment-statement/index.js';
export * from './signing/index.js';
export * from './tree/index.js';
