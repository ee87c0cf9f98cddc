/** What it takes to read blocks and to hash them, and no more: a thread that does nothing else has loaded it in no time. */
export { recover } from '../errors.js';
export { readBlock } from './block.js';
export type { RawBlock } from './block.js';
export { decodeBlockRecord, encodeBlockRecord } from './block-file.js';
export { envelopeFacts } from './envelope-facts.js';
export type { EnvelopeFacts } from './envelope-facts.js';
