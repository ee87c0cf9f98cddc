import { rule, type ErrorRule } from './rule.js';

/** Input that has not the form it must have. */
export const formRules = {
  INVALID_JSON: rule(
    'validation',
    'The text is not one strict JSON value in UTF-8.',
    'Mend the text at the offset named and send it again.',
  ),
  DUPLICATE_MEMBER: rule(
    'validation',
    'A JSON object has the same member twice.',
    'Remove one of the two members at the pointer named.',
  ),
  UNSAFE_NUMBER: rule(
    'validation',
    'A JSON number would be rounded when read, or is an integer beyond 2^53−1.',
    'Write the number with fewer digits, or as a string where the format allows one.',
  ),
  TOO_LARGE: rule(
    'validation',
    'The input is longer than its limit.',
    'Send less at once; the limit stands in the details.',
  ),
  TOO_DEEP: rule(
    'validation',
    'The JSON is nested deeper than its limit.',
    'Flatten the value; the limit stands in the details.',
  ),
  NOT_NFC: rule(
    'validation',
    'A JSON string is not in Unicode normalisation form C.',
    'Normalise the text to NFC before it is signed or sent.',
  ),
  INVALID_FIELD: rule(
    'validation',
    'One or more fields break their rule; all of them are listed.',
    'Mend every field in the list of violations, then send it again.',
  ),
  INVALID_IDENTIFIER: rule(
    'validation',
    'An identifier does not have the form of its standard, or its check digit is wrong.',
    'Compare the identifier with the document it was copied from.',
  ),
} as const satisfies Record<string, ErrorRule>;
