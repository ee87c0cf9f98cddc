import { legalBasis, paperDecision } from '../../customs/decision.js';
import { liftHold } from '../../customs/hold.js';
import { units, type HoldRecord } from '../../customs/hold-record.js';
import { customsReads } from '../../customs/refuse-while-held.js';
import { liftingResponses, type CustomsResponse } from '../../customs/responses.js';
import { PassageError } from '../../errors/passage-error.js';
import { customsRoles } from '../../party/roles.js';
import { object } from '../../shape/composites.js';
import { ordinal, reason, requestId } from '../../shape/fields.js';
import { oneOf } from '../../shape/scalars.js';
import { ucr } from '../../shipment/fields.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import type { PartyActor } from '../caller.js';
import {
  carriedReads,
  checkPaper,
  customsFor,
  decisionOf,
  holdOf,
  holdWrites,
  requireStrangerTo,
  strangerReads,
  type ReleaseInput,
} from './customs-decision.js';
import { partyCommand } from '../define.js';

type ReleaseHoldInput = ReleaseInput & {
  readonly hold: number;
  readonly response: CustomsResponse;
  readonly units?: readonly string[];
};

/** Whoever placed a hold lifts it, whole or for the units named; detained goods are set free the same way. */
export const releaseHold = partyCommand<ReleaseHoldInput>({
  name: 'ReleaseHold',
  roles: [...customsRoles, 'permit_agency'],
  writes: ['customs', 'hold', 'custody', 'containment'],
  input: object<ReleaseHoldInput>(
    { requestId, ucr, hold: ordinal, legalBasis, response: oneOf(liftingResponses) },
    { reason, units, paper: paperDecision },
  ),
  reads: ({ ucr, hold }, who) => [...customsReads(ucr), keys.hold(ucr, hold), ...strangerReads(ucr, who)],
  readsThen: ({ ucr }, _, view) => carriedReads(ucr, view),
  decide(input, actor, view, { timestamp }) {
    const { ucr, units } = input;
    const before = customsFor(ucr, actor, view);
    const held = holdOf(ucr, input.hold, view);
    requireOwnHold(held, actor);
    requireStrangerTo(ucr, actor.party.partyId, view);
    checkPaper(input.paper, timestamp, held.placed.at);
    const decision = decisionOf(input, actor, input.response, timestamp);
    const { customs, hold } = liftHold({ customs: before, hold: held }, decision, units);
    return {
      ...holdWrites(before, { customs, hold: entry(keys.hold(ucr, hold.hold), hold) }, view),
      result: { ucr, hold: hold.hold, decision: customs.latest?.kind ?? '' },
    };
  },
});

/** Any officer lifts a hold of customs; that of an agency is lifted by the agency itself. @throws PassageError NOT_YOUR_HOLD */
function requireOwnHold(
  { ucr, hold, permit, placed: { by } }: HoldRecord,
  { party, role }: PartyActor,
): void {
  const own = permit === undefined ? role !== 'permit_agency' : party.partyId === by;
  if (own) return;
  throw new PassageError('NOT_YOUR_HOLD', `Hold ${String(hold)} of ${ucr} was placed by ${by}`, {
    ucr,
    hold,
    by,
  });
}
