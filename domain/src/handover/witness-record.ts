import { object } from '../shape/composites.js';
import { ordinal, partyId, sha256Base64url, timestamp } from '../shape/fields.js';
import { constant } from '../shape/scalars.js';
import { ucr } from '../shipment/fields.js';

/** A statement on the ledger, by its key and number. */
export type StatementRef = { readonly kid: string; readonly seq: number };

export const statementRef = object<StatementRef>({ kid: sha256Base64url, seq: ordinal }, {});

/**
 * That a device's statement speaks for a handover. Whether it was there and then is computed from what it says.
 * Key `witness/<ucr>/<handover>/<kid>/<seq>`.
 */
export type WitnessRecord = StatementRef & {
  readonly v: 1;
  readonly ucr: string;
  readonly handover: number;
  /** The hash of the statementId, base64url. */
  readonly id: string;
  readonly attachedBy: string;
  readonly attachedAt: string;
};

export const witnessRecord = object<WitnessRecord>(
  {
    v: constant(1),
    ucr,
    handover: ordinal,
    kid: sha256Base64url,
    seq: ordinal,
    id: sha256Base64url,
    attachedBy: partyId,
    attachedAt: timestamp,
  },
  {},
);
