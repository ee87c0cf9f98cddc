export { BatchVerifier } from './batch-verifier.js';
export type { BatchVerifierOptions, SignedMessage } from './batch-verifier.js';
export type { SignatureEncoding } from './ecdsa/encoding.js';
