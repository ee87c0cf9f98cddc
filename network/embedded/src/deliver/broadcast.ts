import { encode } from '@passage/ledger';

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
    const answer = await orderer.broadcast(envelope);
    await send(encode(BroadcastResponse, answer));
    if (answer.status !== Status.SUCCESS) return;
  }
}
