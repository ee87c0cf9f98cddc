import type { DisputeRecord, DisputeFinding, Said } from '../../dispute/dispute-record.js';
import { PassageError } from '../../errors/passage-error.js';
import { partyId, requestId } from '../../shape/fields.js';
import { broken, type Shape } from '../../shape/shape.js';
import { ucr } from '../../shipment/fields.js';
import { keys, type StateKey } from '../../state/keys.js';
import type { WorldView } from '../../state/world-view.js';

/** Which dispute is meant: whose, and under which request id it was raised. */
export type DisputeRef = { readonly ucr: string; readonly disputant: string; readonly dispute: string };

/** How an answer names its dispute. */
export const disputeRef = { ucr, disputant: partyId, dispute: requestId } as const;

/** What an answer says. */
export type AnswerInput = DisputeRef &
  Said & { readonly requestId: string; readonly finding: DisputeFinding };

/** An answer says why: in words, as a commitment to them, or both. */
export function withGrounds<Input extends Said>(shape: Shape<Input>): Shape<Input> {
  return (value, pointer, violations) => {
    const input = shape(value, pointer, violations);
    if (input === undefined || input.text !== undefined || input.commitment !== undefined) return input;
    broken(violations, `${pointer}/text`, 'must be there, or a commitment', 'MISSING');
    return undefined;
  };
}

/** The keys of a dispute and of customs' word on it. */
export function disputeReads({ ucr, disputant, dispute }: DisputeRef): readonly StateKey[] {
  return [keys.dispute(ucr, disputant, dispute), keys.ruling(ucr, disputant, dispute)];
}

/** @throws PassageError DISPUTE_UNKNOWN */
export function knownDispute({ ucr, disputant, dispute }: DisputeRef, view: WorldView): DisputeRecord {
  const record = view.get(keys.dispute(ucr, disputant, dispute));
  if (record !== undefined) return record;
  const details = { ucr, disputant, dispute };
  throw new PassageError(
    'DISPUTE_UNKNOWN',
    `${disputant} has raised no dispute ${dispute} on ${ucr}`,
    details,
  );
}

/** The members of what is said that are there. */
export function saidIn({ text, commitment }: Said): Said {
  return { ...(text !== undefined && { text }), ...(commitment !== undefined && { commitment }) };
}
