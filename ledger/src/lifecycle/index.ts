export { findCollection, readDefinition, type ChaincodeDefinition } from './definition.js';
export { implicitCollection, implicitCollectionOwner } from './keys.js';
export type { StructureStore } from './store-structure.js';
export { approveDefinition, commitDefinition } from './write-definition.js';
