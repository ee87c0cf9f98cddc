export { readOpening, secretOpens, type OpeningRecord, type Secret } from './opening-record.js';
export { commitmentOf, placesOf, readHeldOpenings, type HeldOpening } from './prove-field.js';
export { retentionOverUpTo } from './retention.js';
export {
  collectionOf,
  privateId,
  PrivateView,
  type PrivateKey,
  type PrivateWrite,
  type Transient,
} from './private-state.js';
