import { status } from '@grpc/grpc-js';
import { Envelope, decode, encode } from '@passage/ledger';

import { RpcError } from '../grpc/rpc-error.js';
import type { EmbeddedNetwork } from '../network.js';
import { SubmitRequest, SubmitResponse } from '../proto/gateway.js';
import { Status, statusName } from '../proto/status.js';

/**
 * Gateway.Submit (F:internal/pkg/gateway/submit.go, submitBFT): hands the signed transaction to the consenters. They always
 * agree here, so the one answer counts as each consenter's own.
 */
export async function submit(network: EmbeddedNetwork, bytes: Uint8Array): Promise<Uint8Array> {
  const { channelId, preparedTransaction } = decode(SubmitRequest, bytes);
  if (preparedTransaction.length === 0) {
    throw new RpcError(status.INVALID_ARGUMENT, 'a prepared transaction is required');
  }
  const envelope = decode(Envelope, preparedTransaction);
  if (envelope.signature.length === 0) {
    throw new RpcError(status.INVALID_ARGUMENT, 'prepared transaction must be signed');
  }
  if (channelId !== network.channel) {
    throw new RpcError(status.FAILED_PRECONDITION, `channel '${channelId}' not found`);
  }
  const answer = await network.orderer.broadcast(preparedTransaction);
  if (answer.status !== Status.SUCCESS) throw refused(network, answer.status, answer.info);
  return encode(SubmitResponse, {});
}

function refused({ organizations }: EmbeddedNetwork, code: number, info: string): RpcError {
  const message = `received unsuccessful response from orderer: status=${statusName(code)}, info=${info}`;
  return new RpcError(
    status.UNAVAILABLE,
    'insufficient number of orderers could successfully process transaction to satisfy quorum requirement',
    organizations
      .slice(0, failuresThatSettleIt(organizations.length))
      .map(({ ports, mspId }) => ({ address: `localhost:${ports.orderer}`, mspId, message })),
  );
}

/** After so many refusals no quorum is left, and the gateway waits for no further answer (computeBFTQuorum). */
function failuresThatSettleIt(consenters: number): number {
  const faulty = Math.floor((consenters - 1) / 3);
  const quorum = Math.ceil((consenters + faulty + 1) / 2);
  return consenters - quorum + 1;
}
