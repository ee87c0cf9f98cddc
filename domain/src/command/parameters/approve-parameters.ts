import { customsPolicy } from '../../customs/held-keys.js';
import { guard } from '../../customs/customs-word.js';
import { approversOf, isAgreed } from '../../parameters/agreement.js';
import { putInForce } from '../../parameters/proposal.js';
import { customsMspId } from '../../party/roles.js';
import { object } from '../../shape/composites.js';
import { requestId } from '../../shape/fields.js';
import { entry, type StateEntry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { adminCommand } from '../define.js';
import { organizationsOfLedger, proposalRef, type ProposalRef, type Say } from './say.js';
import { sayWord } from './word-on-proposal.js';
import type { ParametersRecord } from '../../parameters/parameters-record.js';

type ApproveParametersInput = ProposalRef & { readonly requestId: string };

/**
 * An organisation approves a proposal. With the approval that makes them enough, the parameters are in force, from this transaction
 * on. Two approvals in one block see each other not: the second is sent again, or neither would be the last.
 */
export const approveParameters = adminCommand<ApproveParametersInput>({
  name: 'ApproveParameters',
  writes: ['ledger', 'guard', 'parameters', 'proposal', 'approval'],
  input: object<ApproveParametersInput>({ requestId, ...proposalRef }, {}),
  reads: ({ proposedBy, proposal }) => [keys.ledger, keys.proposal(proposedBy, proposal)],
  readsThen({ proposedBy, proposal }, mspId, view) {
    const ledger = view.get(keys.ledger);
    const organizations = ledger ? organizationsOfLedger(ledger) : [];
    return [...organizations, mspId].map((each) => keys.approval(proposedBy, proposal, each));
  },
  decide(input, { mspId }, view, { timestamp }) {
    const { proposedBy, proposal: id } = input;
    const { say, proposal, said, writes } = sayWord('approved', input, mspId, view, timestamp);
    const words = new Map(
      say.organizations.map((each) => [
        each,
        each === mspId ? said : view.get(keys.approval(proposedBy, id, each)),
      ]),
    );
    const approvers = approversOf(proposal, words);
    if (!isAgreed(approvers, say.organizations)) {
      return { writes, result: { proposedBy, proposal: id, inForce: false } };
    }
    const enacted = putInForce(proposal, say.inForce, approvers, timestamp);
    return {
      writes: [
        ...writes.filter(({ key }) => key !== keys.guard(customsMspId)),
        ...inForceWrites(say, enacted.parameters),
        entry(keys.proposal(proposedBy, id), enacted.proposal),
      ],
      result: { proposedBy, proposal: id, inForce: true, version: enacted.parameters.version },
    };
  },
});

/**
 * The ledger's own record carries customs' policy since `Init`; on ledgers that are older than key policies it gets it here. Nobody
 * else can write the key in this block anyhow, because this transaction has read it.
 */
function inForceWrites({ ledger }: Say, record: ParametersRecord): readonly StateEntry[] {
  const { version, values } = record;
  const policy = customsPolicy(customsMspId);
  return [
    entry(keys.ledger, { ...ledger, parameters: { version, values } }, { policy }),
    guard(customsMspId),
    entry(keys.parameters(version), record),
  ];
}
