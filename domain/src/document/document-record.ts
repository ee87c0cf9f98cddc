import { object } from '../shape/composites.js';
import { ordinal, reason, sha256Hex, timestamp } from '../shape/fields.js';
import { ownedId } from '../shape/owned-id.js';
import { constant, line, pattern } from '../shape/scalars.js';
import { ucr } from '../shipment/fields.js';

/** What a document is when it is first anchored; it stays what it is through all versions. */
export type DocumentFacts = {
  /** Its id on the ledger: `<party that anchors it>:<number of its own>`. */
  readonly document: string;
  /** What it is: document name code, UN/EDIFACT data element 1001, as `705` for a bill of lading. */
  readonly type: string;
  /** Who issued it, in words or by party id: the word of the party that anchors it. */
  readonly issuer: string;
  /** The number that its issuer gave it (UN/EDIFACT 1004). */
  readonly number: string;
  /** The consignment it belongs to, if it belongs to one. */
  readonly ucr?: string;
};

/** A document and its newest version. Key `document/<document>`. The file itself never comes near the ledger. */
export type DocumentRecord = DocumentFacts & {
  readonly v: 1;
  /** Counts the versions from 1: the newest. */
  readonly version: number;
  /** SHA-256 over the bytes of the newest version's file. */
  readonly sha256: string;
  readonly anchoredAt: string;
  /** When the party that anchored it took it back, and why: since then no version of it holds. */
  readonly withdrawnAt?: string;
  readonly reason?: string;
};

/** One version of a document: it never changes. Key `anchor/<document>/<version>`. */
export type AnchorRecord = {
  readonly v: 1;
  readonly document: string;
  readonly version: number;
  readonly sha256: string;
  readonly anchoredAt: string;
};

const typeCode = pattern(/^[A-Z0-9]{1,3}$/, 'a document name code of UN/EDIFACT 1001, such as 705');

/** What whoever anchors a document says about it; the record has the same members under the same rules. */
export const documentFacts = {
  document: ownedId,
  type: typeCode,
  issuer: line(200),
  number: line(70),
} as const;

export const documentRecord = object<DocumentRecord>(
  { v: constant(1), ...documentFacts, version: ordinal, sha256: sha256Hex, anchoredAt: timestamp },
  { ucr, withdrawnAt: timestamp, reason },
);

export const anchorRecord = object<AnchorRecord>(
  { v: constant(1), document: ownedId, version: ordinal, sha256: sha256Hex, anchoredAt: timestamp },
  {},
);
