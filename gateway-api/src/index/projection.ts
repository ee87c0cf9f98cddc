import type { StateKind, StateRecords } from '@passage/domain';

import type { BlockRows } from './rows.js';
import type { EventKind, Origin } from './tables/index.js';
import type { VerifiedTransaction } from './verified-block.js';

/** Everything a row is made from: the transaction, where it stands, and the block's rows so far. */
export interface Projection {
  readonly origin: Origin;
  readonly transaction: VerifiedTransaction;
  readonly rows: BlockRows;
}

/** Adds the rows of one record that a transaction wrote; `ids` are those of its key. */
export type Project<Kind extends StateKind> = (
  record: StateRecords[Kind],
  p: Projection,
  ids: readonly string[],
) => void;

/** What is made of some kinds of records. */
export type Projections<Kind extends StateKind> = { readonly [Each in Kind]: Project<Each> };

/** An optional part of a record as a column. */
export function json(value: object | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

/** Adds an event that no device signed to a shipment's timeline. */
export function addEvent(
  { origin, transaction, rows }: Projection,
  event: {
    ucr: string;
    kind: EventKind;
    custodian?: string;
    handover?: number;
    place?: string;
    decision?: string;
    hold?: number;
    inspection?: number;
  },
): void {
  rows.event.push({
    ...origin,
    ucr: event.ucr,
    item: 0,
    kind: event.kind,
    recorded_at: transaction.timestamp ?? '',
    place: event.place ?? null,
    statement_id: null,
    kid: null,
    handover: event.handover ?? null,
    custodian: event.custodian ?? null,
    decision: event.decision ?? null,
    hold: event.hold ?? null,
    inspection: event.inspection ?? null,
  });
}
