import { requireStranger } from '../../customs/own-consignment.js';
import { customsOf, customsWrites } from '../../customs/refuse-while-held.js';
import type { CustomsRecord } from '../../customs/customs-record.js';
import type { Decision, PaperDecision } from '../../customs/decision.js';
import { heldKeyPolicies } from '../../customs/held-keys.js';
import { carrierReads, carriersIn, unitsOfHolds } from '../../customs/held-units.js';
import type { HoldRecord } from '../../customs/hold-record.js';
import type { CustomsResponse } from '../../customs/responses.js';
import { PassageError } from '../../errors/passage-error.js';
import { refuseViolations } from '../../errors/violations.js';
import { requireStanding } from '../../shipment/ending.js';
import { isCustoms } from '../../party/roles.js';
import type { StateEntry } from '../../state/codec.js';
import type { PolicyEntry } from '../../state/key-policy.js';
import { keys, type StateKey } from '../../state/keys.js';
import type { WorldView } from '../../state/world-view.js';
import type { PartyActor } from '../caller.js';

/** What every decision says of itself. */
export type DecisionInput = {
  readonly requestId: string;
  readonly ucr: string;
  readonly legalBasis: string;
  readonly reason?: string;
};

/** What a release says besides: that it was given on paper, where it was. */
export type ReleaseInput = DecisionInput & { readonly paper?: PaperDecision };

/** The decision as it is recorded. */
export function decisionOf(
  { legalBasis, reason, paper }: ReleaseInput,
  { party, role }: PartyActor,
  response: CustomsResponse,
  at: string,
): Decision {
  return {
    by: party.partyId,
    role,
    at,
    legalBasis,
    response,
    ...(reason !== undefined && { reason }),
    ...(paper && { paper }),
  };
}

/**
 * The shipment's standing, for one who may decide on it.
 *
 * @throws PassageError SHIPMENT_UNKNOWN, SHIPMENT_ENDED, NOT_COMPETENT
 */
export function customsFor(ucr: string, { party, role }: PartyActor, view: WorldView): CustomsRecord {
  const record = customsOf(ucr, view);
  requireStanding(record);
  const { customs } = record;
  if (!isCustoms(role) || party.mspId === customs) return record;
  throw new PassageError('NOT_COMPETENT', `${customs} is competent for ${ucr}`, { ucr, customs });
}

/** The keys that say whether an officer is a party to a consignment. */
export function strangerReads(ucr: string, officer: string): readonly StateKey[] {
  return [keys.shipment(ucr), keys.custody(ucr), keys.naming(ucr, officer)];
}

/** @throws PassageError OWN_CONSIGNMENT */
export function requireStrangerTo(ucr: string, officer: string, view: WorldView): void {
  requireStranger(officer, {
    shipment: view.get(keys.shipment(ucr)),
    custody: view.get(keys.custody(ucr)),
    naming: view.get(keys.naming(ucr, officer)),
  });
}

/**
 * A decision on paper comes before its entry here, and after what it decides on.
 *
 * @throws PassageError INVALID_FIELD
 */
export function checkPaper(paper: PaperDecision | undefined, now: string, earliest = ''): void {
  if (paper === undefined || (paper.at <= now && paper.at >= earliest)) return;
  const message =
    paper.at > now ? 'must not be later than the transaction' : `must not be before ${earliest}`;
  refuseViolations('The paper', [{ pointer: '/paper/at', code: 'VALUE', message }]);
}

/** The keys that tell what carries the units of holds: those in force, and those that a new hold names. */
export function carriedReads(
  ucr: string,
  view: WorldView,
  named: readonly string[] = [],
): readonly StateKey[] {
  const customs = view.get(keys.customs(ucr));
  return customs === undefined ? [] : carrierReads([...unitsOfHolds(customs), ...named], ucr, view);
}

/** What a decision on a hold writes, and which keys it closes or opens. */
export function holdWrites(
  before: CustomsRecord,
  { customs, hold }: { readonly customs: CustomsRecord; readonly hold: StateEntry },
  view: WorldView,
): { readonly writes: readonly StateEntry[]; readonly policies: readonly PolicyEntry[] } {
  return {
    writes: [...customsWrites(customs, view), hold],
    policies: heldKeyPolicies(before, customs, carriersIn(view, customs.ucr)),
  };
}

/** The hold with this number. @throws PassageError HOLD_UNKNOWN */
export function holdOf(ucr: string, number: number, view: WorldView): HoldRecord {
  const hold = view.get(keys.hold(ucr, number));
  if (hold !== undefined) return hold;
  throw new PassageError('HOLD_UNKNOWN', `${ucr} has no hold ${String(number)}`, { ucr, hold: number });
}
