export { assembleStatement, statementSigningInput } from './build-statement.js';
export {
  DEVICE_PROOF_TYPE,
  deviceProofSigningInput,
  verifyDeviceProof,
  type DeviceClaim,
  type DeviceProof,
} from './device-proof.js';
export {
  DEVICE_ROTATION_TYPE,
  deviceRotationSigningInput,
  readDeviceRotation,
  verifyDeviceRotation,
  type RotationClaim,
  type UnverifiedRotation,
} from './device-rotation.js';
export { readStatement } from './read-statement.js';
export { isStatementId, statementId } from './statement-id.js';
export {
  STATEMENT_TYPE,
  type StatementHeader,
  type UnverifiedStatement,
  type VerifiedStatement,
} from './statement.js';
export { verifyStatement, type SignedStatements } from './verify-statement.js';
