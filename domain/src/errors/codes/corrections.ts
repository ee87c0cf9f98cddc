import { rule, type ErrorRule } from './rule.js';

/** Corrections. */
export const correctionRules = {
  ERROR_DECLARATION: rule(
    'validation',
    'The event declares another one to be in error, and is no statement to be recorded by itself.',
    'Bring it by DeclareError, with the statement that it corrects and those of the corrective events.',
  ),
  NOT_A_CORRECTION: rule(
    'validation',
    'The declaration has no errorDeclaration, or what it corrects or puts in its place is such a declaration itself.',
    'Say the event again with an errorDeclaration; correct the event itself, not an earlier declaration about it.',
  ),
  CORRECTION_MISMATCH: rule(
    'validation',
    'The declaration does not repeat the event that it corrects, or names other corrective events than were given.',
    'Sign the event again unchanged but for recordTime and errorDeclaration, with its id; the details say what differs.',
  ),
} as const satisfies Record<string, ErrorRule>;
