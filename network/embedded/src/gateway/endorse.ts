import { status } from '@grpc/grpc-js';
import { Envelope, buildTransactionPayload, decode, encode, equalBytes } from '@passage/ledger';
import type { Endorsement } from '@passage/ledger';

import type { PeerParts } from '../endorser/peer-parts.js';
import { ProposalRound } from '../endorser/round.js';
import type { Reply } from '../endorser/round.js';
import { RpcError } from '../grpc/rpc-error.js';
import type { EndpointError } from '../grpc/rpc-error.js';
import type { Organization } from '../network.js';
import { EndorseRequest, EndorseResponse } from '../proto/gateway.js';
import { hasChaincode } from './endorsers.js';
import { NO_PLAN, planEndorsement } from './plan.js';
import { ask, peerError } from './reply-status.js';
import type { Verdict } from './reply-status.js';

/** What the endorsers of one proposal have given so far: all of them the same payload. */
class Endorsements {
  readonly details: EndpointError[] = [];
  readonly #byOrganization = new Map<Organization, Endorsement>();
  readonly #failed = new Set<Organization>();
  #payload: Uint8Array | undefined;

  /** Takes what a peer gave; an endorsement of another payload than the first one counts as its failure. */
  take(organization: Organization, verdict: Verdict): void {
    const fault = verdict.ok ? this.#add(organization, verdict.reply) : verdict.message;
    if (fault === undefined) return;
    this.#failed.add(organization);
    this.details.push(peerError(organization, fault));
  }

  #add(organization: Organization, { payload, endorsement }: Reply): string | undefined {
    this.#payload ??= payload;
    if (endorsement === undefined || !equalBytes(this.#payload, payload)) {
      return 'ProposalResponsePayloads do not match';
    }
    this.#byOrganization.set(organization, endorsement);
    return undefined;
  }

  has(organization: Organization): boolean {
    return this.#byOrganization.has(organization);
  }

  hasFailed(organization: Organization): boolean {
    return this.#failed.has(organization);
  }

  /** common.Envelope of the transaction that these organisations' endorsements make, for the client to sign. */
  envelope(proposal: Uint8Array, layout: readonly Organization[]): Uint8Array {
    const endorsements = layout.flatMap((organization) => this.#byOrganization.get(organization) ?? []);
    const payload = buildTransactionPayload(proposal, this.#payload ?? new Uint8Array(), endorsements);
    return encode(Envelope, { payload });
  }
}

/**
 * Gateway.Endorse (F:internal/pkg/gateway/endorse.go): the organisations that the client names, exactly; else the own
 * one first, and then as few others as the endorsement policy needs.
 */
export async function endorse(parts: PeerParts, own: Organization, bytes: Uint8Array): Promise<Uint8Array> {
  const { proposedTransaction, endorsingOrganizations } = decode(EndorseRequest, bytes);
  if (proposedTransaction === undefined || proposedTransaction.proposalBytes.length === 0) {
    throw new RpcError(status.INVALID_ARGUMENT, 'the proposed transaction must contain a signed proposal');
  }
  const round = new ProposalRound(parts, proposedTransaction);
  const collected = new Endorsements();
  const layout = await parts.network.ledger.withSnapshot(async () => {
    const layouts =
      endorsingOrganizations.length > 0
        ? [namedOrganizations(parts, round, endorsingOrganizations)]
        : await layoutsFromFirst(parts, own, round, collected);
    return collect(round, own, layouts, collected);
  });
  const preparedTransaction = collected.envelope(proposedTransaction.proposalBytes, layout);
  return encode(EndorseResponse, { preparedTransaction });
}

function namedOrganizations(
  parts: PeerParts,
  round: ProposalRound,
  mspIds: readonly string[],
): Organization[] {
  const available = hasChaincode(parts, round) ? parts.network.organizations : [];
  const missing = mspIds.filter((mspId) => !available.some((organization) => organization.mspId === mspId));
  if (missing.length > 0) {
    const sentence = `failed to find any endorsing peers for org(s): ${missing.join(', ')}`;
    throw new RpcError(status.UNAVAILABLE, sentence);
  }
  return available.filter(({ mspId }) => mspIds.includes(mspId));
}

/** Asks the own organisation's peer, then works out who else the policy of the chaincode needs. */
async function layoutsFromFirst(
  parts: PeerParts,
  own: Organization,
  round: ProposalRound,
  collected: Endorsements,
): Promise<Organization[][]> {
  if (!hasChaincode(parts, round)) {
    const sentence = `${NO_PLAN}: No metadata was found for chaincode ${round.chaincode} in channel ${round.channel}`;
    throw new RpcError(status.FAILED_PRECONDITION, sentence);
  }
  const verdict = await ask(round, own, own);
  if (!verdict.ok) {
    const details = [peerError(own, verdict.message)];
    throw new RpcError(
      status.ABORTED,
      'failed to endorse transaction, see attached details for more info',
      details,
    );
  }
  collected.take(own, verdict);
  return planEndorsement(parts, own, round, verdict.reply.interest);
}

/** Tries the layouts in turn until one is complete; a peer that failed is not asked again. */
async function collect(
  round: ProposalRound,
  own: Organization,
  layouts: readonly Organization[][],
  collected: Endorsements,
): Promise<Organization[]> {
  for (const layout of layouts) {
    if (layout.some((organization) => collected.hasFailed(organization))) continue;
    const absent = layout.filter((organization) => !collected.has(organization));
    const asked = absent.map(
      async (organization) => [organization, await ask(round, organization, own)] as const,
    );
    // In a fixed order, whoever answers first: the same disagreement is told in the same words.
    for (const [organization, verdict] of await Promise.all(asked)) collected.take(organization, verdict);
    if (layout.every((organization) => collected.has(organization))) return layout;
  }
  throw new RpcError(
    status.ABORTED,
    'failed to collect enough transaction endorsements, see attached details for more info',
    collected.details,
  );
}
