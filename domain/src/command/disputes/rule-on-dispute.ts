import { guard } from '../../customs/customs-word.js';
import { customsPolicy } from '../../customs/held-keys.js';
import { requireOther, requireStep } from '../../dispute/dispute.js';
import { disputeFindings, said, type RulingRecord } from '../../dispute/dispute-record.js';
import { customsRoles } from '../../party/roles.js';
import { object } from '../../shape/composites.js';
import { requestId } from '../../shape/fields.js';
import { oneOf } from '../../shape/scalars.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { customsFor, requireStrangerTo, strangerReads } from '../customs/customs-decision.js';
import { partyCommand } from '../define.js';
import {
  disputeReads,
  disputeRef,
  knownDispute,
  saidIn,
  withGrounds,
  type AnswerInput,
} from './dispute-of.js';

/** Customs rules on a dispute, whether the custodian has answered it or not. The key that says so carries customs' policy. */
export const ruleOnDispute = partyCommand<AnswerInput>({
  name: 'RuleOnDispute',
  roles: customsRoles,
  writes: ['ruling', 'guard'],
  input: withGrounds(
    object<AnswerInput>({ requestId, ...disputeRef, finding: oneOf(disputeFindings) }, said),
  ),
  reads: (input, who) => [keys.customs(input.ucr), ...strangerReads(input.ucr, who), ...disputeReads(input)],
  decide(input, actor, view, { timestamp: at }) {
    const { ucr, disputant, dispute, finding } = input;
    const by = actor.party.partyId;
    const record = knownDispute(input, view);
    const { customs } = customsFor(ucr, actor, view);
    requireOther(record, by);
    requireStrangerTo(ucr, by, view);
    const key = keys.ruling(ucr, disputant, dispute);
    requireStep(record, view.get(key), 'rule');
    const ruling: RulingRecord = {
      v: 1,
      ucr,
      disputant,
      dispute,
      finding,
      by,
      role: actor.role,
      at,
      ...saidIn(input),
    };
    return {
      writes: [entry(key, ruling, { policy: customsPolicy(customs) }), guard(customs)],
      result: { ucr, disputant, dispute, finding },
    };
  },
});
