import type { DecisionKind } from '../../customs/customs-record.js';
import { PassageError } from '../../errors/passage-error.js';
import { findingAfter } from '../../inspection/finding.js';
import {
  inspectionResults,
  type InspectionRecord,
  type InspectionResult,
  type Opinion,
} from '../../inspection/inspection-record.js';
import type { Role } from '../../party/roles.js';
import { object } from '../../shape/composites.js';
import { reason } from '../../shape/fields.js';
import { oneOf } from '../../shape/scalars.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import type { WorldView } from '../../state/world-view.js';
import type { PartyActor } from '../caller.js';
import { requireStrangerTo, strangerReads } from '../customs/customs-decision.js';
import { partyCommand, type Outcome } from '../define.js';
import type { Operation } from '../operation.js';
import {
  byActor,
  inspectionInput,
  inspectionOfCustoms,
  inspectionReads,
  resultAt,
  written,
  type InspectionAt,
  type InspectionInput,
} from './inspection-of.js';

type OpinionInput = InspectionInput & { readonly result: InspectionResult; readonly reason: string };

const analysts: readonly Role[] = ['customs_officer'];

/** An officer says what he has found: in images, in documents, or in the goods. */
export const judgeInspection = opinion(
  'JudgeInspection',
  'judge',
  'inspection_judged',
  (record, verdict) => ({
    ...record,
    verdict,
  }),
);

/** Where the officer and a program differ, another officer decides. */
export const reviewInspection = opinion(
  'ReviewInspection',
  'review',
  'inspection_reviewed',
  (record, review) => {
    requireAnother(record, review);
    return { ...record, review };
  },
);

function opinion(
  name: string,
  step: 'judge' | 'review',
  kind: DecisionKind,
  add: (record: InspectionRecord, opinion: Opinion) => InspectionRecord,
): Operation {
  return partyCommand<OpinionInput>({
    name,
    roles: analysts,
    writes: ['customs', 'inspection'],
    input: object<OpinionInput>({ ...inspectionInput, result: oneOf(inspectionResults), reason }, {}),
    reads: (input, who) => [...inspectionReads(input), ...strangerReads(input.ucr, who)],
    decide(input, actor, view, { timestamp }) {
      const { result, reason } = input;
      const before = inspectionOfCustoms(step, input, actor, view);
      const said = { result, reason, ...byActor(actor, timestamp) };
      return given(before, add(before.record, said), kind, actor, view, timestamp);
    },
  });
}

/** What an opinion writes: the inspection, and the finding on which releases depend. */
function given(
  { customs, answer }: InspectionAt & { readonly customs: Parameters<typeof findingAfter>[0] },
  record: InspectionRecord,
  kind: DecisionKind,
  actor: PartyActor,
  view: WorldView,
  at: string,
): Outcome {
  const { ucr, inspection, ordered } = record;
  const by = byActor(actor, at);
  requireStrangerTo(ucr, by.by, view);
  const { legalBasis, response } = ordered;
  const latest = { kind, inspection, decision: { ...by, role: actor.role, legalBasis, response } };
  const finding = findingAfter(customs, record, by);
  return {
    writes: [entry(keys.customs(ucr), { ...customs, latest, ...(finding && { finding }) }), written(record)],
    result: resultAt(record, answer),
  };
}

/** @throws PassageError OTHER_OFFICER */
function requireAnother({ verdict }: InspectionRecord, { by }: Opinion): void {
  if (verdict?.by !== by) return;
  const message = `${by} has given the verdict: the second opinion is another officer's`;
  throw new PassageError('OTHER_OFFICER', message, { by });
}
