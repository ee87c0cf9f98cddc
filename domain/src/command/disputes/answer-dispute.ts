import { answered } from '../../dispute/dispute.js';
import { disputeFindings, said } from '../../dispute/dispute-record.js';
import { requireCustodian } from '../../handover/handover.js';
import { object } from '../../shape/composites.js';
import { requestId } from '../../shape/fields.js';
import { oneOf } from '../../shape/scalars.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { partyCommand } from '../define.js';
import { custodyOf } from '../shipments/custody-of.js';
import {
  disputeReads,
  disputeRef,
  knownDispute,
  saidIn,
  withGrounds,
  type AnswerInput,
} from './dispute-of.js';

/** The custodian of the moment answers a dispute, once. Customs may still rule on it. */
export const answerDispute = partyCommand<AnswerInput>({
  name: 'AnswerDispute',
  writes: ['dispute'],
  input: withGrounds(
    object<AnswerInput>({ requestId, ...disputeRef, finding: oneOf(disputeFindings) }, said),
  ),
  reads: (input) => [keys.custody(input.ucr), ...disputeReads(input)],
  decide(input, { party }, view, { timestamp: at }) {
    const { ucr, disputant, dispute, finding } = input;
    const by = party.partyId;
    const record = knownDispute(input, view);
    requireCustodian(custodyOf(ucr, view), by);
    const ruling = view.get(keys.ruling(ucr, disputant, dispute));
    const answer = { finding, by, at, ...saidIn(input) };
    return {
      writes: [entry(keys.dispute(ucr, disputant, dispute), answered(record, ruling, answer))],
      result: { ucr, disputant, dispute, finding },
    };
  },
});
