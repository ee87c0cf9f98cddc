export {
  and,
  buildSignaturePolicy,
  encodeSignaturePolicy,
  implicitMetaPolicy,
  or,
  outOf,
  signaturePolicy,
  signer,
} from './build-policy.js';
export type { PolicyRule, RoleName } from './build-policy.js';
export { formatPolicy, parsePolicy } from './policy-text.js';
export { PolicyTree, ROOT_GROUP } from './policy-tree.js';
export { compileSignaturePolicy, decodeSignaturePolicy, readSignaturePolicy } from './signature-policy.js';
export type { CompiledPolicy } from './signature-policy.js';
export { validSigners } from './signed-data.js';
export type { SignedData } from './signed-data.js';
export { syntheticSigner } from './synthetic-signer.js';
