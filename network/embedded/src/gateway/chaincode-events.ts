import { status } from '@grpc/grpc-js';
import {
  BlockMetadataIndex,
  ChaincodeEvent,
  TxValidationCode,
  decode,
  encode,
  readBlock,
  readEnvelope,
} from '@passage/ledger';

import { blockAt } from '../deliver/next-block.js';
import { transactionEvent } from '../deliver/transaction-event.js';
import type { PeerParts } from '../endorser/peer-parts.js';
import { RpcError } from '../grpc/rpc-error.js';
import type { Send } from '../grpc/service.js';
import type { Ledger } from '../network.js';
import { ChaincodeEventsRequest, ChaincodeEventsResponse, SignedRequest } from '../proto/gateway.js';
import { specifiedNumber } from '../proto/seek.js';

/**
 * Gateway.ChaincodeEvents (F:internal/pkg/gateway/chaincodeevents.go): the events of one chaincode's valid transactions,
 * block by block and without end; blocks without such an event are passed over.
 */
export async function chaincodeEvents(
  { network, access }: PeerParts,
  bytes: Uint8Array,
  send: Send,
  signal: AbortSignal,
): Promise<void> {
  const { request: message, signature } = decode(SignedRequest, bytes);
  if (message.length === 0)
    throw new RpcError(status.INVALID_ARGUMENT, 'a chaincode events request is required');
  const request = decode(ChaincodeEventsRequest, message);
  const { identity, channelId } = request;
  const denial =
    channelId === network.channel
      ? access.denial('gateway/ChaincodeEvents', { message, identity, signature })
      : `Failed to get policy manager for channel [${channelId}]`;
  if (denial !== undefined) throw new RpcError(status.PERMISSION_DENIED, denial);

  const isWanted = matcher(request);
  for (let number = startBlock(network.ledger, request); ; number++) {
    const block = await blockAt(network.ledger, number, signal);
    if (block === undefined) return;
    const events = eventsOf(block).filter(isWanted);
    if (events.length === 0) continue;
    const encoded = events.map((event) => encode(ChaincodeEvent, event));
    await send(encode(ChaincodeEventsResponse, { events: encoded, blockNumber: number }));
  }
}

/** After a transaction that is on the ledger the block that holds it comes first; the events before it are dropped. */
function startBlock(ledger: Ledger, { afterTransactionId, startPosition }: ChaincodeEventsRequest): number {
  const after = afterTransactionId === '' ? undefined : ledger.commitStatus(afterTransactionId);
  if (after !== undefined) return after.blockNumber;
  if (startPosition?.specified !== undefined) return specifiedNumber(startPosition.specified);
  if (startPosition?.oldest !== undefined || startPosition?.newest !== undefined) {
    throw new RpcError(
      status.INVALID_ARGUMENT,
      'invalid start position type: only a block or the next commit will do',
    );
  }
  return ledger.height();
}

function matcher(request: ChaincodeEventsRequest): (event: ChaincodeEvent) => boolean {
  const { chaincodeId, afterTransactionId } = request;
  let hasPassed = afterTransactionId === '';
  return (event) => {
    if (hasPassed) return event.chaincodeId === chaincodeId;
    hasPassed = event.txId === afterTransactionId;
    return false;
  };
}

/** The events of a block's valid transactions, in their order. What cannot be read has none. */
function eventsOf(block: Uint8Array): ChaincodeEvent[] {
  const { envelopes, metadata } = readBlock(block);
  const codes = metadata[BlockMetadataIndex.TRANSACTIONS_FILTER];
  return envelopes.flatMap((envelope, index) =>
    codes?.[index] === TxValidationCode.VALID ? (transactionEvent(readEnvelope(envelope)) ?? []) : [],
  );
}
