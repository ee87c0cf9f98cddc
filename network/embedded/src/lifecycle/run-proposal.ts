import type { PeerParts } from '../endorser/peer-parts.js';
import { creatorSignature, type UnpackedProposal } from '../endorser/proposal.js';
import type { Organization } from '../network.js';
import { lifecycleLedger } from './ledger.js';
import { callLifecycle, type LifecycleOutcome } from './lifecycle-chaincode.js';

/** Operations that belong to an organisation's own admins; the channel's access lists have no say in them. */
const OF_ADMINS = [
  '_lifecycle/ApproveChaincodeDefinitionForMyOrg',
  '_lifecycle/QueryApprovedChaincodeDefinition',
];

/** Has one organisation's peer run a proposal to _lifecycle. */
export function runLifecycle(
  proposal: UnpackedProposal,
  parts: PeerParts,
  { mspId }: Organization,
): LifecycleOutcome {
  const { ledger } = parts.network;
  return callLifecycle({
    args: proposal.input.args,
    ledger: lifecycleLedger(ledger),
    config: ledger.config(),
    mspId,
    denial: (resource) =>
      OF_ADMINS.includes(resource)
        ? adminDenial(proposal, parts, mspId)
        : parts.access.denial(resource, creatorSignature(proposal)),
  });
}

/** F:core/policy/policy.go, CheckPolicyNoChannel: whoever asks must be an admin of the peer's own organisation. */
function adminDenial(
  { signatureHeader }: UnpackedProposal,
  { access }: PeerParts,
  mspId: string,
): string | undefined {
  const creator = access.identify(signatureHeader.creator);
  const check = 'during channelless check policy with policy [Admins]';
  if (creator === undefined || creator.mspId !== mspId) {
    const who = `expected MSP ID ${mspId}, received ${creator?.mspId ?? 'unknown'}`;
    return `Failed deserializing proposal creator ${check}: [${who}]`;
  }
  if (creator.satisfies({ kind: 'role', mspId, role: 'admin' })) return undefined;
  const who = `The identity is not an admin under this MSP [${mspId}]: The identity does not contain OU [ADMIN], MSP: [${mspId}]`;
  return `Failed verifying that proposal's creator satisfies local MSP principal ${check}: [${who}]`;
}
