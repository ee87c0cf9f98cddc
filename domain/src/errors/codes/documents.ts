import { rule, type ErrorRule } from './rule.js';

/** Anchored documents. */
export const documentRules = {
  DOCUMENT_UNKNOWN: rule(
    'not_found',
    'No document with this id was anchored.',
    'Check the id; it begins with the party that anchored the document.',
  ),
  ANCHOR_UNKNOWN: rule(
    'not_found',
    'The document has no version with this number.',
    'Read the document for the number of its newest version.',
  ),
  DOCUMENT_EXISTS: rule(
    'conflict',
    'A document with this id was anchored already.',
    'Anchor a new version of it, or choose another number.',
  ),
  DOCUMENT_WITHDRAWN: rule(
    'conflict',
    'The document was withdrawn and takes no new version.',
    'Anchor the new document under a number of its own.',
  ),
} as const satisfies Record<string, ErrorRule>;
