import { status } from '@grpc/grpc-js';
import { ProposalResponse, SignedProposal, decode, encode } from '@passage/ledger';

import { RpcError } from '../grpc/rpc-error.js';
import type { GrpcService } from '../grpc/service.js';
import type { Organization } from '../network.js';
import type { PeerParts } from './peer-parts.js';
import { ProposalError } from './proposal-error.js';
import { ProposalRound } from './round.js';

/** What peer.limits.concurrency.endorserService is set to by default. */
const CONCURRENCY = 2500;

/** The service protos.Endorser of one organisation's peer, for clients that collect endorsements themselves. */
export function endorserService(parts: PeerParts, organization: Organization): GrpcService {
  const process = async (request: Uint8Array): Promise<Uint8Array> => {
    const round = new ProposalRound(parts, decode(SignedProposal, request));
    try {
      const reply = await parts.network.ledger.withSnapshot(() => round.process(organization));
      const version = reply.endorsement === undefined ? 0 : 1;
      return encode(ProposalResponse, { version, ...reply });
    } catch (error) {
      if (error instanceof ProposalError) throw new RpcError(status.UNKNOWN, error.message);
      throw error;
    }
  };
  return {
    name: 'protos.Endorser',
    concurrency: CONCURRENCY,
    methods: { ProcessProposal: { kind: 'unary', handle: process } },
  };
}
