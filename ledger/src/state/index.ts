export { compareKeys } from './key-order.js';
export { MemoryState } from './memory-state.js';
export { EXPIRY_NAMESPACE, LIFECYCLE_NAMESPACE, hashNamespace, parseHashNamespace } from './namespaces.js';
export {
  sameVersion,
  type StateEntry,
  type StateReader,
  type StateUpdate,
  type Version,
} from './state-reader.js';
