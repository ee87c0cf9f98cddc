/* What the suite over both networks takes from here: messages that no client library sends, certificates of our own making. */
export { createRevocationList } from '../ca/revocation-list.js';
export { buildConfigUpdate, type ElementChange } from '../configuration/build-update.js';
export { revocationChanges } from '../configuration/revocation.js';
export type { Signer } from '../network.js';
export { type Authority, createAuthority, createKey, issue, loadAuthority } from '../pki/certificates.js';
export { createSigner } from '../pki/load.js';
export { signLowS } from '../pki/low-s.js';
export { DeliverResponse } from '../proto/deliver.js';
export {
  BroadcastResponse,
  SeekBehavior,
  SeekContentType,
  SeekInfo,
  type SeekPosition,
} from '../proto/seek.js';
export { collectionOf, type CollectionWish } from './collections.js';
export { hostileEnvelopes, type HostileEnvelope } from './hostile-envelopes.js';
