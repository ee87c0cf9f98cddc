import { object } from '../../shape/composites.js';
import { reason, requestId } from '../../shape/fields.js';
import { keys } from '../../state/keys.js';
import { adminCommand } from '../define.js';
import { proposalRef, type ProposalRef } from './say.js';
import { sayWord } from './word-on-proposal.js';

type RejectParametersInput = ProposalRef & { readonly requestId: string; readonly reason: string };

/** An organisation says that it does not want a proposal, or no longer. The proposal stays open for the others. */
export const rejectParameters = adminCommand<RejectParametersInput>({
  name: 'RejectParameters',
  writes: ['guard', 'approval'],
  input: object<RejectParametersInput>({ requestId, ...proposalRef, reason }, {}),
  reads: ({ proposedBy, proposal }, mspId) => [
    keys.ledger,
    keys.proposal(proposedBy, proposal),
    keys.approval(proposedBy, proposal, mspId),
  ],
  decide(input, { mspId }, view, { timestamp }) {
    const { proposedBy, proposal } = input;
    const { writes } = sayWord('rejected', input, mspId, view, timestamp);
    return { writes, result: { proposedBy, proposal } };
  },
});
