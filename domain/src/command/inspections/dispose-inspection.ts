import type { CustomsRecord } from '../../customs/customs-record.js';
import type { CustomsResponse } from '../../customs/responses.js';
import { PassageError } from '../../errors/passage-error.js';
import { refuseViolations, type Violation } from '../../errors/violations.js';
import { inspectionOutcomes, type Disposition, type Outcome } from '../../inspection/inspection-record.js';
import { customsRoles } from '../../party/roles.js';
import { object } from '../../shape/composites.js';
import { ordinal, reason } from '../../shape/fields.js';
import { oneOf } from '../../shape/scalars.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import type { WorldView } from '../../state/world-view.js';
import { holdOf, requireStrangerTo, strangerReads } from '../customs/customs-decision.js';
import { partyCommand } from '../define.js';
import {
  byActor,
  inspectionInput,
  inspectionOfCustoms,
  inspectionReads,
  resultAt,
  written,
  type InspectionInput,
} from './inspection-of.js';

type DisposeInspectionInput = InspectionInput & {
  readonly disposition: Disposition;
  readonly hold?: number;
  readonly reason?: string;
};

/**
 * Customs says what an inspection comes to. It recommends a release, which `ReleaseGoods` and `ReleaseHold` give, or names the
 * hold or detention in force that keeps the goods.
 */
export const disposeInspection = partyCommand<DisposeInspectionInput>({
  name: 'DisposeInspection',
  roles: customsRoles,
  writes: ['customs', 'inspection'],
  input: object<DisposeInspectionInput>(
    { ...inspectionInput, disposition: oneOf(inspectionOutcomes) },
    { hold: ordinal, reason },
  ),
  reads: (input, who) => [
    ...inspectionReads(input),
    ...strangerReads(input.ucr, who),
    ...(input.hold === undefined ? [] : [keys.hold(input.ucr, input.hold)]),
  ],
  decide(input, actor, view, { timestamp: at }) {
    const { ucr, inspection, disposition, hold, reason } = input;
    refuseViolations('The disposition', holdViolations(input));
    const { customs, record, answer } = inspectionOfCustoms('dispose', input, actor, view);
    const by = byActor(actor, at);
    requireStrangerTo(ucr, by.by, view);
    const kept = hold === undefined ? undefined : { hold, response: keeping(customs, input, hold, view) };
    const outcome: Outcome = { disposition, ...kept, ...(reason !== undefined && { reason }), ...by };
    const { legalBasis, response } = record.ordered;
    const decision = { ...by, role: actor.role, legalBasis, response: kept?.response ?? response };
    const latest = { kind: 'inspection_disposed', inspection, decision } as const;
    const disposed = { ...record, outcome };
    return {
      writes: [entry(keys.customs(ucr), { ...customs, latest }), written(disposed)],
      result: { ...resultAt(disposed, answer), disposition },
    };
  },
});

function holdViolations({ disposition, hold }: DisposeInspectionInput): readonly Violation[] {
  if ((disposition === 'release_recommended') === (hold === undefined)) return [];
  return hold === undefined
    ? [{ pointer: '/hold', code: 'MISSING', message: 'is missing: which hold keeps the goods' }]
    : [{ pointer: '/hold', code: 'VALUE', message: 'keeps nothing that is recommended for release' }];
}

/** The response of the hold that keeps the goods. @throws PassageError HOLD_UNKNOWN, HOLD_LIFTED, INVALID_FIELD */
function keeping(
  { ucr, inForce }: CustomsRecord,
  { disposition }: DisposeInspectionInput,
  number: number,
  view: WorldView,
): CustomsResponse {
  const hold = holdOf(ucr, number, view);
  if (!inForce.some((other) => other.hold === number)) {
    const message = `Hold ${String(number)} of ${ucr} was lifted before`;
    throw new PassageError('HOLD_LIFTED', message, { ucr, hold: number });
  }
  const kind = disposition === 'detain' ? 'detention' : 'hold';
  const message = `must be the number of a ${kind} in force`;
  refuseViolations(
    'The disposition',
    hold.kind === kind ? [] : [{ pointer: '/hold', code: 'VALUE', message }],
  );
  return hold.placed.response;
}
