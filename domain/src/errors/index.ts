export { errorRules, isErrorCode, type ErrorCode, type ErrorFamily, type ErrorRule } from './codes.js';
export { decodeContractError, encodeContractError } from './contract-error.js';
export { PassageError } from './passage-error.js';
export { refuseViolations, type Violation } from './violations.js';
