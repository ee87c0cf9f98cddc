import type { LotRecord } from '../../origin/lot/lot-record.js';
import { object } from '../../shape/composites.js';
import { reason, requestId } from '../../shape/fields.js';
import { ownedId } from '../../shape/owned-id.js';
import { entry } from '../../state/codec.js';
import { keys, type StateKey } from '../../state/keys.js';
import type { Outcome } from '../define.js';

/** What ends an offer without the lot changing hands. */
export type ClosingInput = { readonly requestId: string; readonly lot: string; readonly reason: string };

export const closingInput = object<ClosingInput>({ requestId, lot: ownedId, reason }, {});

export function lotReads({ lot }: { readonly lot: string }): readonly StateKey[] {
  return [keys.lot(lot)];
}

/** The lot after a step of its offer, and what the party that took the step is told. */
export function offerOutcome(record: LotRecord): Outcome {
  const { lot, holder } = record;
  return { writes: [entry(keys.lot(lot), record)], result: { lot, holder } };
}
