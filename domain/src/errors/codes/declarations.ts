import { rule, type ErrorRule } from './rule.js';

/** Declarations. */
export const declarationRules = {
  DECLARATION_UNKNOWN: rule(
    'not_found',
    'No declaration with this id was lodged.',
    'Check the id; it begins with the declarant.',
  ),
  ACCEPTANCE_UNKNOWN: rule(
    'not_found',
    'Customs has never accepted this declaration.',
    'Check the id, or wait for customs.',
  ),
  DECLARATION_EXISTS: rule(
    'conflict',
    'A declaration with this id was lodged already.',
    'Choose another number, or amend the one that is there.',
  ),
  DECLARATION_WITHDRAWN: rule(
    'conflict',
    'The declaration was withdrawn.',
    'Lodge a new one under a number of its own.',
  ),
  DECLARATION_CHANGED: rule(
    'conflict',
    'The declaration stands in another version than the one that was to be accepted.',
    'Read the newest version, and accept that one.',
  ),
  DECLARATION_NOT_ACCEPTED: rule(
    'conflict',
    'Customs has not accepted the declaration in this version.',
    'Accept it first, or name the version that was accepted.',
  ),
  DECLARATION_ACCEPTED: rule('conflict', 'Customs has accepted this version already.', 'Nothing to do.'),
} as const satisfies Record<string, ErrorRule>;
