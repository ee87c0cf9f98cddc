import { withdrawProposal } from '../../parameters/proposal.js';
import { object } from '../../shape/composites.js';
import { requestId } from '../../shape/fields.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { adminCommand } from '../define.js';
import { proposalOf, sayOf } from './say.js';

type WithdrawParametersInput = { readonly requestId: string; readonly proposal: string };

/** An organisation takes back a proposal of its own. */
export const withdrawParameters = adminCommand<WithdrawParametersInput>({
  name: 'WithdrawParameters',
  writes: ['proposal'],
  input: object<WithdrawParametersInput>({ requestId, proposal: requestId }, {}),
  reads: ({ proposal }, mspId) => [keys.ledger, keys.proposal(mspId, proposal)],
  decide({ proposal }, { mspId: proposedBy }, view, { timestamp }) {
    const { inForce } = sayOf(proposedBy, view);
    const record = withdrawProposal(proposalOf({ proposedBy, proposal }, view), inForce, timestamp);
    return {
      writes: [entry(keys.proposal(proposedBy, proposal), record)],
      result: { proposedBy, proposal },
    };
  },
});
