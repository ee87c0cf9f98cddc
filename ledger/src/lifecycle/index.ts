export { collectionConfig, isCollectionMember } from './collection.js';
export { parseCollections } from './collections-file.js';
export { findCollection, readDefinition, type ChaincodeDefinition } from './definition.js';
export {
  CHAINCODE_SOURCES,
  DEFINITIONS,
  fieldKey,
  implicitCollection,
  implicitCollectionOwner,
  metadataKey,
  sequenceKey,
} from './keys.js';
export type { StructureStore } from './store-structure.js';
export { approveDefinition, commitDefinition } from './write-definition.js';
