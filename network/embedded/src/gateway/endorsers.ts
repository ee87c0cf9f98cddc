import type { PeerParts } from '../endorser/peer-parts.js';
import type { ProposalRound } from '../endorser/round.js';
import { isSystemChaincode } from '../endorser/system-chaincodes.js';

/** Whether the peers can run what the proposal names: every one of them has the same chaincodes. */
export function hasChaincode(
  { network, chaincodes }: PeerParts,
  { channel, chaincode }: ProposalRound,
): boolean {
  if (channel !== network.channel) return false;
  return isSystemChaincode(chaincode) || chaincodes.definition(chaincode) !== undefined;
}
