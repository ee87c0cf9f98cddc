export { ChunkChecker } from './ecdsa/chunk-checker.js';
export { readSignature, limbsOf } from './ecdsa/encoding.js';
