import type { PeerParts } from '../endorser/peer-parts.js';
import type { GrpcService } from '../grpc/service.js';
import type { Organization } from '../network.js';
import { chaincodeEvents } from './chaincode-events.js';
import { commitStatus } from './commit-status.js';
import type { CommitWaiters } from './commit-waiters.js';
import { endorse } from './endorse.js';
import { evaluate } from './evaluate.js';
import { submit } from './submit.js';

/** What peer.limits.concurrency.gatewayService is set to by default; a call that waits for a commit counts too. */
const CONCURRENCY = 500;

/** The service gateway.Gateway of one organisation's peer. */
export function gatewayService(parts: PeerParts, waiters: CommitWaiters, own: Organization): GrpcService {
  return {
    name: 'gateway.Gateway',
    concurrency: CONCURRENCY,
    methods: {
      Evaluate: { kind: 'unary', handle: (request) => evaluate(parts, own, request) },
      Endorse: { kind: 'unary', handle: (request) => endorse(parts, own, request) },
      Submit: { kind: 'unary', handle: (request) => submit(parts.network, request) },
      CommitStatus: {
        kind: 'unary',
        handle: (request, signal) => commitStatus(parts, waiters, request, signal),
      },
      ChaincodeEvents: {
        kind: 'server-stream',
        handle: (request, send, signal) => chaincodeEvents(parts, request, send, signal),
      },
    },
  };
}
