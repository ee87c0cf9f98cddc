export { readOpening, secretOpens, type OpeningRecord, type Secret } from './opening-record.js';
export {
  collectionOf,
  privateId,
  PrivateView,
  type PrivateKey,
  type PrivateWrite,
  type Transient,
} from './private-state.js';
