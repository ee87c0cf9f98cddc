export {
  algorithmOf,
  type EcPublicJwk,
  type OkpPublicJwk,
  type PublicJwk,
  type SignatureAlgorithm,
} from './public-jwk.js';
export { readPublicJwk } from './read-public-jwk.js';
export { jwkThumbprint } from './thumbprint.js';
export { verifyingKey, verifySignature, type VerifyingKey } from './verifying-key.js';
