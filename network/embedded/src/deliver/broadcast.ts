import { status } from '@grpc/grpc-js';
import { Envelope, decode, encode, recover } from '@passage/ledger';

import { RpcError } from '../grpc/rpc-error.js';
import type { Send } from '../grpc/service.js';
import type { Orderer } from '../network.js';
import { BroadcastResponse } from '../proto/seek.js';
import { Status } from '../proto/status.js';

/**
 * The method Broadcast of an orderer's service (F:orderer/common/broadcast/broadcast.go): each envelope gets its answer in
 * turn; the stream ends after the first that was refused.
 */
export async function broadcast(
  orderer: Orderer,
  envelopes: AsyncIterable<Uint8Array>,
  send: Send,
): Promise<void> {
  for await (const envelope of envelopes) {
    needEnvelope(envelope);
    const answer = await orderer.broadcast(envelope);
    await send(encode(BroadcastResponse, answer));
    if (answer.status !== Status.SUCCESS) return;
  }
}

/** Fabric's gRPC server decodes the outermost message, so that bytes which are none end the stream. */
function needEnvelope(bytes: Uint8Array): void {
  recover(
    () => decode(Envelope, bytes),
    () => {
      const why = 'failed to unmarshal the received message: proto: cannot parse invalid wire-format data';
      throw new RpcError(status.INTERNAL, `grpc: ${why}`);
    },
  );
}
