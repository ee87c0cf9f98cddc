export { digest } from './digest.js';
export type { HashName } from './digest.js';
export { isEcdsaPoint, verifyEcdsa } from './ecdsa.js';
export type { Curve } from './ecdsa.js';
export { verifyEd25519 } from './ed25519.js';
export { verifyRsaPkcs1 } from './rsa.js';
export type { RsaPublicKey } from './rsa.js';
