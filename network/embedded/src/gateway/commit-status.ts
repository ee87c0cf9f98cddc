import { status } from '@grpc/grpc-js';
import { decode, encode } from '@passage/ledger';

import type { PeerParts } from '../endorser/peer-parts.js';
import { RpcError } from '../grpc/rpc-error.js';
import { CommitStatusRequest, CommitStatusResponse, SignedRequest } from '../proto/gateway.js';
import type { CommitWaiters } from './commit-waiters.js';

/** Gateway.CommitStatus (F:internal/pkg/gateway/commitstatus.go): waits until the transaction is on the ledger. */
export async function commitStatus(
  { network, access }: PeerParts,
  waiters: CommitWaiters,
  bytes: Uint8Array,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { request, signature } = decode(SignedRequest, bytes);
  if (request.length === 0)
    throw new RpcError(status.INVALID_ARGUMENT, 'a commit status request is required');
  const { identity, channelId, transactionId } = decode(CommitStatusRequest, request);
  if (identity.length === 0) throw new RpcError(status.INVALID_ARGUMENT, 'no identity provided');
  if (channelId === '') throw new RpcError(status.INVALID_ARGUMENT, 'no channel ID provided');
  if (transactionId === '') {
    throw new RpcError(status.INVALID_ARGUMENT, 'transaction ID should not be empty');
  }
  const denial =
    channelId === network.channel
      ? access.denial('gateway/CommitStatus', { message: request, identity, signature })
      : `Failed to get policy manager for channel [${channelId}]`;
  if (denial !== undefined) throw new RpcError(status.PERMISSION_DENIED, denial);

  const outcome = await waiters.statusOf(transactionId, signal);
  if (outcome === undefined) throw new RpcError(status.CANCELLED, 'context canceled');
  return encode(CommitStatusResponse, { result: outcome.code, blockNumber: outcome.blockNumber });
}
