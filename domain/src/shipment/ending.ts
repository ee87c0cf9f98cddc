import { PassageError } from '../errors/passage-error.js';
import { list, object } from '../shape/composites.js';
import { partyId, timestamp } from '../shape/fields.js';
import { oneOf } from '../shape/scalars.js';
import { ucr } from './fields.js';

/** How a consignment ends: split into parts, or merged with others into one. */
export const endings = ['split', 'merged'] as const;

/** The most consignments that one is split into, or merged from. */
export const maxParts = 10;

/** Into which consignments one went on. */
export type Ending = {
  readonly kind: (typeof endings)[number];
  readonly into: readonly string[];
  readonly by: string;
  readonly at: string;
};

export const ending = object<Ending>(
  {
    kind: oneOf(endings),
    into: list(ucr, { min: 1, max: maxParts, distinct: true }),
    by: partyId,
    at: timestamp,
  },
  {},
);

/** Refuses an act on a consignment that goes on in others. @throws PassageError SHIPMENT_ENDED */
export function requireStanding({ ucr, ended }: { readonly ucr: string; readonly ended?: Ending }): void {
  if (ended === undefined) return;
  const { kind, into } = ended;
  throw new PassageError('SHIPMENT_ENDED', `${ucr} was ${kind}: ${into.join(', ')}`, { ucr, kind, into });
}
