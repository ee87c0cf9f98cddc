export { canonicalGs1Uri } from './canonical-gs1-uri.js';
export { eventHash } from './event-hash.js';
export { preHashString } from './pre-hash.js';
