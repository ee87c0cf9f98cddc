export { BatchVerifier } from './batch-verifier.js';
export type { BatchVerifierOptions, SignedMessage } from './batch-verifier.js';
export type { SignatureEncoding } from './ecdsa/encoding.js';
export type { Message } from './sha256.js';
