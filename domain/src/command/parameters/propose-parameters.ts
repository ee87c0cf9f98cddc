import { parameterChanges, type ParameterChanges } from '../../parameters/parameters.js';
import { propose } from '../../parameters/proposal.js';
import { object } from '../../shape/composites.js';
import { reason, requestId } from '../../shape/fields.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { adminCommand } from '../define.js';
import { sayOf } from './say.js';

type ProposeParametersInput = {
  readonly requestId: string;
  readonly changes: ParameterChanges;
  readonly reason: string;
};

/** An organisation proposes to change parameters. The proposal is named by its request id; proposing is not approving. */
export const proposeParameters = adminCommand<ProposeParametersInput>({
  name: 'ProposeParameters',
  writes: ['proposal'],
  input: object<ProposeParametersInput>({ requestId, changes: parameterChanges, reason }, {}),
  reads: () => [keys.ledger],
  decide({ requestId: proposal, changes, reason }, { mspId: proposedBy }, view, { timestamp }) {
    const { inForce } = sayOf(proposedBy, view);
    const record = propose(inForce, { proposedBy, proposal, changes, reason }, timestamp);
    return {
      writes: [entry(keys.proposal(proposedBy, proposal), record)],
      result: { proposedBy, proposal, base: record.base },
    };
  },
});
