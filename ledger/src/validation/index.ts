export { codeName } from './codes.js';
export { keyPolicyIn, VALIDATION_PARAMETER } from './key-policies.js';
export { validateBlock } from './validate-block.js';
export type { BlockVerdict, TransactionVerdict, ValidationContext } from './verdict.js';
