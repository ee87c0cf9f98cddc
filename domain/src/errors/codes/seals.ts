import { rule, type ErrorRule } from './rule.js';

/** Seals. */
export const sealRules = {
  SEAL_UNKNOWN: rule(
    'not_found',
    'No such seal was fitted to this unit.',
    'Compare the number on the seal and the unit; a seal that was found is fitted first.',
  ),
  SEAL_USED: rule(
    'conflict',
    'A seal with this number was fitted to this unit before.',
    'Use a new seal; a number does not come back.',
  ),
  SEAL_OPENED: rule('conflict', 'The seal was opened already.', 'Nothing to do; remove or replace it.'),
  SEAL_REMOVED: rule(
    'conflict',
    'The seal was removed already.',
    'Fit a new seal where the unit has to be closed.',
  ),
} as const satisfies Record<string, ErrorRule>;
