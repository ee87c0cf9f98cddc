export { codeName } from './codes.js';
export { endorsingOrganizations } from './endorsers.js';
export { findGoodSignatures, type GoodSignatures } from './good-signatures.js';
export { keyPolicyEntry, keyPolicyIn, VALIDATION_PARAMETER } from './key-policies.js';
export { NamespacePolicies } from './namespace-policies.js';
export { readBlockByFlags, readByFlags } from './read-by-flags.js';
export { isRefusal } from './refusal.js';
export { validateBlock } from './validate-block.js';
export type { BlockVerdict, TransactionVerdict, ValidationContext } from './verdict.js';
