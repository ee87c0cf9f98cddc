import { PassageError } from '../errors/passage-error.js';
import { refuseViolations } from '../errors/violations.js';
import type { AnchorRecord, DocumentFacts, DocumentRecord } from './document-record.js';

/** Both records of an anchored version. */
export interface Anchoring {
  readonly document: DocumentRecord;
  readonly anchor: AnchorRecord;
}

/** The first version of a document. */
export function firstVersion(facts: DocumentFacts, sha256: string, at: string): Anchoring {
  return anchored({ v: 1, ...facts, version: 1, sha256, anchoredAt: at });
}

/**
 * A new version takes the place of the newest one, which stays on the ledger as it was.
 *
 * @throws PassageError DOCUMENT_WITHDRAWN; INVALID_FIELD where the file is the same
 */
export function nextVersion(document: DocumentRecord, sha256: string, at: string): Anchoring {
  requireStanding(document);
  const same = { pointer: '/sha256', code: 'VALUE', message: 'must differ from that of the newest version' };
  refuseViolations('The new version', sha256 === document.sha256 ? [same] : []);
  return anchored({ ...document, version: document.version + 1, sha256, anchoredAt: at });
}

/** The document is taken back: no version of it holds any more. @throws PassageError DOCUMENT_WITHDRAWN */
export function withdrawn(document: DocumentRecord, reason: string, at: string): DocumentRecord {
  requireStanding(document);
  return { ...document, withdrawnAt: at, reason };
}

function anchored(document: DocumentRecord): Anchoring {
  const { document: id, version, sha256, anchoredAt } = document;
  return { document, anchor: { v: 1, document: id, version, sha256, anchoredAt } };
}

function requireStanding({ document, withdrawnAt }: DocumentRecord): void {
  if (withdrawnAt === undefined) return;
  throw new PassageError('DOCUMENT_WITHDRAWN', `${document} was withdrawn at ${withdrawnAt}`, {
    document,
    withdrawnAt,
  });
}
