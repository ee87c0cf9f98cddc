import type { AnchorRecord, DocumentRecord } from './document-record.js';

/** What the ledger knows of a file: it is the newest version, one that was replaced, or one of a document taken back. */
export type DocumentStanding = 'current' | 'superseded' | 'withdrawn';

/** How a version that a file's hash was found under stands, by the newest record of its document. */
export function documentStanding(
  { version }: Pick<AnchorRecord, 'version'>,
  document: Pick<DocumentRecord, 'version' | 'withdrawnAt'>,
): DocumentStanding {
  if (document.withdrawnAt !== undefined) return 'withdrawn';
  return version === document.version ? 'current' : 'superseded';
}
