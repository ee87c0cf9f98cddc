import type { Receipt } from '../submission/commands.js';
import { act, text } from './act.js';
import { partyActor } from './acting.js';
import type { GatewayContext } from './context.js';
import { custodyOf, handoverOf, releaseOf } from './handover-nodes.js';
import type { Node } from './recorded.js';

async function handover({ result }: Receipt, context: GatewayContext): Promise<Node> {
  const ucr = text(result.ucr);
  return {
    handover: await handoverOf(context, ucr, Number(result.handover)),
    custody: await custodyOf(context, ucr),
  };
}

async function release({ result }: Receipt, context: GatewayContext): Promise<Node> {
  return { release: await releaseOf(context, text(result.ucr), text(result.release)) };
}

/** Acts by which goods change hands. */
export const handoverMutations = {
  offerHandover: act('OfferHandover', partyActor, handover),
  acceptHandover: act('AcceptHandover', partyActor, handover),
  rejectHandover: act('RejectHandover', partyActor, handover),
  withdrawHandover: act('WithdrawHandover', partyActor, handover),
  attachWitness: act('AttachWitness', partyActor, handover),
  releaseToCarrier: act('ReleaseToCarrier', partyActor, release),
  withdrawRelease: act('WithdrawRelease', partyActor, release),
};
