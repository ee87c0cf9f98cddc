import { transportUnit } from '../../containment/containment-record.js';
import { holds } from '../../containment/packing.js';
import { PassageError } from '../../errors/passage-error.js';
import { sealNumber } from '../../handover/goods-state.js';
import { requireCustodian } from '../../handover/handover.js';
import { statementRef, type StatementRef } from '../../handover/witness-record.js';
import { isCustoms } from '../../party/roles.js';
import type { SealStep } from '../../seal/seal-record.js';
import { requestId } from '../../shape/fields.js';
import { requireStanding } from '../../shipment/ending.js';
import { ucr } from '../../shipment/fields.js';
import { keys, type StateKey } from '../../state/keys.js';
import type { WorldView } from '../../state/world-view.js';
import type { PartyActor } from '../caller.js';
import { custodyOf } from '../shipments/custody-of.js';
import { witnessReads } from '../handovers/handover-witness.js';

/** What every act upon a seal names: the seal, the unit, and the consignment in it that the party acts for. */
export type SealInput = {
  readonly requestId: string;
  readonly unit: string;
  readonly seal: string;
  readonly ucr: string;
  /** A statement on the ledger that shows it. */
  readonly witness?: StatementRef;
};

/** Shapes of the members of `SealInput`. */
export const sealMembers = {
  required: { requestId, unit: transportUnit, seal: sealNumber, ucr },
  optional: { witness: statementRef },
} as const;

/** The keys that `requireSealStanding` and `sealStep` read, and the seal itself. */
export function sealReads({ unit, seal, ucr, witness }: SealInput): readonly StateKey[] {
  return [keys.custody(ucr), keys.containment(unit, ucr), keys.seal(unit, seal), ...witnessReads(witness)];
}

/**
 * Seals on a unit are the business of whoever has a consignment in it, and of customs.
 *
 * @throws PassageError SHIPMENT_UNKNOWN, NOT_CUSTODIAN, NOT_INSIDE
 */
export function requireSealStanding(
  { unit, ucr }: SealInput,
  { party, role }: PartyActor,
  view: WorldView,
): void {
  const custody = custodyOf(ucr, view);
  if (!isCustoms(role)) requireCustodian(custody, party.partyId);
  if (holds(view.get(keys.containment(unit, ucr)))) return;
  throw new PassageError('NOT_INSIDE', `${unit} has nothing of ${ucr} in it`, { unit, ucr });
}

/**
 * A seal is fitted for a consignment that stands: what goes on in others is sealed for those. Its old seals still come off.
 *
 * @throws PassageError those of `requireSealStanding`, and SHIPMENT_ENDED
 */
export function requireMayFit(input: SealInput, actor: PartyActor, view: WorldView): void {
  requireSealStanding(input, actor, view);
  requireStanding(custodyOf(input.ucr, view));
}

/** Who did it and when, with the statement that shows it. @throws PassageError STATEMENT_UNKNOWN */
export function sealStep(
  { witness }: Pick<SealInput, 'witness'>,
  { party, role }: PartyActor,
  at: string,
  view: WorldView,
  reason?: string,
): SealStep {
  const step = {
    at,
    by: party.partyId,
    ...(reason !== undefined && { reason }),
    ...(isCustoms(role) && { customs: true }),
  };
  if (witness === undefined) return step;
  const { kid, seq } = witness;
  const statement = view.get(keys.statement(kid, seq))?.id;
  if (statement !== undefined) return { ...step, kid, statement };
  const message = `The ledger has no statement ${String(seq)} of the key ${kid}`;
  throw new PassageError('STATEMENT_UNKNOWN', message, { kid, seq, pointer: '/witness' });
}
