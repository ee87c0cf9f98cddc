import { consolidationRules } from './codes/consolidations.js';
import { correctionRules } from './codes/corrections.js';
import { customsRules } from './codes/customs.js';
import { declarationRules } from './codes/declarations.js';
import { deviceRules } from './codes/devices.js';
import { disputeRules } from './codes/disputes.js';
import { documentRules } from './codes/documents.js';
import { formRules } from './codes/form.js';
import { handoverRules } from './codes/handovers.js';
import { ledgerRules } from './codes/ledger.js';
import { openingRules } from './codes/openings.js';
import { originRules } from './codes/origin.js';
import { parameterRules } from './codes/parameters.js';
import { partyRules } from './codes/parties.js';
import { sealRules } from './codes/seals.js';
import { shipmentRules } from './codes/shipments.js';
import { statementRules } from './codes/statements.js';
import type { ErrorRule } from './codes/rule.js';

export type { ErrorFamily, ErrorRule } from './codes/rule.js';

/**
 * The closed list of domain codes. A code is a literal that callers may compare with, so it is never renamed; a new one
 * is
 * put with its subject in `codes/`, and gets its row in docs/errors.md (a test compares the two).
 */
export const errorRules = {
  ...formRules,
  ...ledgerRules,
  ...parameterRules,
  ...statementRules,
  ...partyRules,
  ...deviceRules,
  ...shipmentRules,
  ...consolidationRules,
  ...handoverRules,
  ...customsRules,
  ...declarationRules,
  ...sealRules,
  ...documentRules,
  ...originRules,
  ...openingRules,
  ...disputeRules,
  ...correctionRules,
} as const satisfies Record<string, ErrorRule>;

/** Every code that the custody rules can refuse with. */
export type ErrorCode = keyof typeof errorRules;

/** Whether a text is one of the domain codes. */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(errorRules, text);
}
