export { tokenCommand } from './auth/token-command.js';
export { openLocalIssuer } from './auth/local-issuer.js';
export type { LocalIssuer } from './auth/local-issuer.js';
export type { Caller } from './auth/caller.js';
export { gatewayRules } from './errors.js';
export type { GatewayCode } from './errors.js';
export { submitCommand } from './commands/submit-command.js';
export { checkDocumentCommand } from './commands/check-document-command.js';
export { traceCommand } from './commands/trace-command.js';
