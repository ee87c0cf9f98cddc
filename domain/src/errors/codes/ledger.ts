import { rule, type ErrorRule } from './rule.js';

/** The contract and the ledger as a whole. */
export const ledgerRules = {
  TRANSACTION_UNKNOWN: rule(
    'not_found',
    'The contract has no transaction of this name.',
    'Use one of the names in the list of transactions in docs/architecture.md.',
  ),
  IDEMPOTENCY_CONFLICT: rule(
    'conflict',
    'The request id was used before with another input.',
    'Use a new request id for a new request.',
  ),
  LEDGER_INITIALISED: rule(
    'conflict',
    'The ledger has been initialised already.',
    'Nothing to do: go on with registering parties.',
  ),
  STATE_FORMAT_NEWER: rule(
    'unavailable',
    'The ledger holds a record in a newer format than this build reads.',
    "Bring this organisation's chaincode and gateway up to the definition in force.",
  ),
  LEDGER_NOT_INITIALISED: rule(
    'unavailable',
    'The ledger has not been initialised.',
    "Let customs' admin run Init first.",
  ),
} as const satisfies Record<string, ErrorRule>;
