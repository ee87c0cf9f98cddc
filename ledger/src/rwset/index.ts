export { hashKey } from './namespace-builder.js';
export { RangeRecorder } from './range-recorder.js';
export { MAX_DEGREE, RangeResults } from './range-results.js';
export { readReadWriteSet } from './read-rwset.js';
export { RwsetBuilder, type SimulationResults } from './rwset-builder.js';
export {
  writesAnything,
  type ChaincodeSet,
  type CollectionSet,
  type KeySet,
  type MerkleSummary,
  type MetadataWrite,
  type RangeQuery,
  type Read,
  type ReadWriteSet,
  type Write,
} from './types.js';
