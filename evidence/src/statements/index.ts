export { sentStatements } from './sent-statements.js';
export { StatementSignatures } from './statement-signatures.js';
