import { withdrawnDispute } from '../../dispute/dispute.js';
import { object } from '../../shape/composites.js';
import { reason, requestId } from '../../shape/fields.js';
import { ucr } from '../../shipment/fields.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { partyCommand } from '../define.js';
import { disputeReads, knownDispute } from './dispute-of.js';

type WithdrawDisputeInput = {
  readonly requestId: string;
  readonly ucr: string;
  readonly dispute: string;
  readonly reason: string;
};

/** Whoever has raised a dispute takes it back before it is answered. What was said stays, and is shown as withdrawn. */
export const withdrawDispute = partyCommand<WithdrawDisputeInput>({
  name: 'WithdrawDispute',
  writes: ['dispute'],
  input: object<WithdrawDisputeInput>({ requestId, ucr, dispute: requestId, reason }, {}),
  reads: ({ ucr, dispute }, disputant) => disputeReads({ ucr, disputant, dispute }),
  decide({ ucr, dispute, reason }, { party }, view, { timestamp: at }) {
    const ref = { ucr, disputant: party.partyId, dispute };
    const ruling = view.get(keys.ruling(ucr, party.partyId, dispute));
    const record = withdrawnDispute(knownDispute(ref, view), ruling, { at, reason });
    return {
      writes: [entry(keys.dispute(ucr, party.partyId, dispute), record)],
      result: ref,
    };
  },
});
