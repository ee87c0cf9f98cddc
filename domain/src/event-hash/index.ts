export { documentHashes, eventHash } from './event-hash.js';
