import { status } from '@grpc/grpc-js';
import { LedgerError, Response, decode, encode } from '@passage/ledger';

import type { PeerParts } from '../endorser/peer-parts.js';
import { ProposalRound } from '../endorser/round.js';
import { RpcError } from '../grpc/rpc-error.js';
import type { EndpointError } from '../grpc/rpc-error.js';
import type { Organization } from '../network.js';
import { EvaluateRequest, EvaluateResponse } from '../proto/gateway.js';
import { hasChaincode } from './endorsers.js';
import { ask, peerError } from './reply-status.js';

/**
 * Gateway.Evaluate (F:internal/pkg/gateway/evaluate.go): one peer runs the proposal, the own organisation's if it may, and
 * nothing is ordered.
 */
export async function evaluate(parts: PeerParts, own: Organization, bytes: Uint8Array): Promise<Uint8Array> {
  const request = decode(EvaluateRequest, bytes);
  const round = readRound(parts, request);
  if (round.channel !== parts.network.channel) throw unknownChannel(round.channel);
  const candidates = candidatesFor(parts, own, request, round);
  return parts.network.ledger.withSnapshot(() => askInTurn(round, own, candidates));
}

function readRound(parts: PeerParts, { proposedTransaction }: EvaluateRequest): ProposalRound {
  try {
    return new ProposalRound(parts, proposedTransaction ?? { proposalBytes: NOTHING, signature: NOTHING });
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    throw new RpcError(status.INVALID_ARGUMENT, `failed to unpack transaction proposal: ${error.message}`);
  }
}

function unknownChannel(channel: string): RpcError {
  const why = `could not get last config for channel ${channel}`;
  return new RpcError(status.UNAVAILABLE, `failed to get config for channel [${channel}]: ${why}`);
}

const NOTHING = new Uint8Array();

/** The peers that may be asked, the own organisation's first. Transient data does not leave it unless the client says so. */
function candidatesFor(
  parts: PeerParts,
  own: Organization,
  { targetOrganizations }: EvaluateRequest,
  round: ProposalRound,
): Organization[] {
  const { organizations } = parts.network;
  const staysHome = targetOrganizations.length === 0 && round.hasTransientData;
  const isTarget = ({ mspId }: Organization): boolean =>
    staysHome ? mspId === own.mspId : targetOrganizations.length === 0 || targetOrganizations.includes(mspId);
  const found = hasChaincode(parts, round) ? organizations.filter(isTarget) : [];
  if (found.length === 0) {
    const sentence = `no peers available to evaluate chaincode ${round.chaincode} in channel ${round.channel}`;
    throw new RpcError(status.FAILED_PRECONDITION, sentence);
  }
  return found.toSorted((a, b) => Number(b === own) - Number(a === own));
}

async function askInTurn(
  round: ProposalRound,
  own: Organization,
  candidates: readonly Organization[],
): Promise<Uint8Array> {
  const details: EndpointError[] = [];
  let last: status = status.UNAVAILABLE;
  for (const organization of candidates) {
    const verdict = await ask(round, organization, own);
    if (verdict.ok) return encode(EvaluateResponse, { result: encode(Response, verdict.reply.response) });
    details.push(peerError(organization, verdict.message));
    last = verdict.code;
    if (!verdict.retry)
      throw new RpcError(last, `evaluate call to endorser returned error: ${verdict.message}`, details);
  }
  throw new RpcError(last, 'failed to evaluate transaction, see attached details for more info', details);
}
