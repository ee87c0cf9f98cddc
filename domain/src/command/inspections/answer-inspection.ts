import { PassageError } from '../../errors/passage-error.js';
import { refuseViolations } from '../../errors/violations.js';
import {
  inspectionAnswers,
  type AcknowledgementRecord,
  type Answer,
} from '../../inspection/acknowledgement-record.js';
import { object } from '../../shape/composites.js';
import { reason } from '../../shape/fields.js';
import { oneOf } from '../../shape/scalars.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { partyCommand } from '../define.js';
import {
  byActor,
  inspectionAt,
  inspectionInput,
  inspectionReads,
  resultAt,
  type InspectionInput,
} from './inspection-of.js';

type AnswerInspectionInput = InspectionInput & { readonly answer: Answer; readonly reason?: string };

/** Whoever is to carry an inspection out acknowledges the order, or refuses it and says why. */
export const answerInspection = partyCommand<AnswerInspectionInput>({
  name: 'AnswerInspection',
  writes: ['acknowledgement'],
  input: object<AnswerInspectionInput>({ ...inspectionInput, answer: oneOf(inspectionAnswers) }, { reason }),
  reads: inspectionReads,
  decide(input, actor, view, { timestamp }) {
    const { ucr, inspection, answer, reason } = input;
    refuseViolations('The answer', answer === 'refused' && reason === undefined ? [bare] : []);
    const { record } = inspectionAt('answer', input, view);
    requireAddressee(record.to, actor.party.partyId);
    const said = { answer, ...(reason !== undefined && { reason }), ...byActor(actor, timestamp) };
    const acknowledgement: AcknowledgementRecord = { v: 1, ucr, inspection, ...said };
    return {
      writes: [entry(keys.acknowledgement(ucr, inspection), acknowledgement)],
      result: resultAt(record, acknowledgement),
    };
  },
});

const bare = { pointer: '/reason', code: 'MISSING', message: 'is missing: a refusal says why' };

/** @throws PassageError NOT_ADDRESSEE */
export function requireAddressee(to: string, partyId: string): void {
  if (to === partyId) return;
  throw new PassageError('NOT_ADDRESSEE', `The order is for ${to}`, { to, partyId });
}
