import { rule, type ErrorRule } from './rule.js';

/** Openings of commitments. */
export const openingRules = {
  OPENING_WRONG: rule(
    'integrity',
    'The salt and the value do not open the commitment.',
    'Send the opening that belongs to it, with the subject, field and owner that it was made for.',
  ),
  OPENING_UNKNOWN: rule(
    'not_found',
    'The party keeps no opening of the commitment, or it was purged.',
    'Let the owner disclose it to the party; nobody can restore a purged one.',
  ),
  RETENTION_RUNS: rule(
    'conflict',
    "The retention of another party's opening is not over.",
    'Let the party purge its copy itself, or wait; the details have since when it is kept.',
  ),
} as const satisfies Record<string, ErrorRule>;
