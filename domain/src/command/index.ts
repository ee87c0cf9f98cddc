export type { Caller, PartyActor } from './caller.js';
export { earlierResult, type Request } from './idempotency.js';
export { commands, operationNamed, operations } from './commands.js';
export type { CommittedField } from './openings/keep-openings.js';
export { openingSteps, type OpeningStep } from './openings/opening-steps.js';
export { judgeStatement, statementRefusal, type StatementRefusal } from './statements/judge-statement.js';
export type { Operation, TransactionInfo } from './operation.js';
export { queries } from './queries.js';
export { maxBatchSize, type BatchRefusal, type StatementResult } from './statements/statement-batch.js';
export {
  maxArgumentBytes,
  prepareTransaction,
  type Execution,
  type PreparedTransaction,
} from './transaction.js';
export { mandatedActor } from './on-behalf-of.js';
export { actingParty } from './registry.js';
export type { PolicyWrite, StateWrite } from './write-set.js';
