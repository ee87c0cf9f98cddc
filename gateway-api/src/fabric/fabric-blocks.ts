import type { CloseableAsyncIterable } from '@hyperledger/fabric-gateway';
import { common, orderer } from '@hyperledger/fabric-protos';

import type { ActingIdentity } from '../enrolment/identities.js';
import type { PeerConnection } from './connection.js';
import type { BlockSource } from './ports.js';

/** Blocks from our organisation's peer through fabric-gateway, read as `reader`. Nothing is verified here. */
export function fabricBlocks(
  connection: PeerConnection,
  channel: string,
  reader: () => ActingIdentity,
): BlockSource {
  return {
    async *blocks(from, signal) {
      const network = connection.gateway(reader()).getNetwork(channel);
      yield* serialized(await network.getBlockEvents({ startBlock: BigInt(from) }), signal);
    },
    async newest() {
      const events = await newestRequest(connection, channel, reader());
      const waiting = AbortSignal.timeout(15_000);
      for await (const bytes of serialized(await events.getEvents(), waiting)) {
        return common.Block.deserializeBinary(bytes).getHeader()?.getNumber() ?? 0;
      }
      throw new Error('the peer does not say which block is its newest');
    },
  };
}

/** fabric-gateway builds requests "from a block on" only: this one is rewritten to ask for the newest alone. */
async function newestRequest(
  connection: PeerConnection,
  channel: string,
  reader: ActingIdentity,
): Promise<ReturnType<ReturnType<PeerConnection['gateway']>['newSignedBlockEventsRequest']>> {
  const gateway = connection.gateway(reader);
  const built = gateway.getNetwork(channel).newBlockEventsRequest({ startBlock: 0n });
  const envelope = common.Envelope.deserializeBinary(built.getBytes());
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const position = new orderer.SeekPosition();
  position.setNewest(new orderer.SeekNewest());
  const seek = new orderer.SeekInfo();
  seek.setStart(position);
  seek.setStop(position);
  payload.setData(seek.serializeBinary());
  const signed = payload.serializeBinary();
  envelope.setPayload(signed);
  return gateway.newSignedBlockEventsRequest(envelope.serializeBinary(), await reader.sign(signed));
}

async function* serialized(
  stream: CloseableAsyncIterable<common.Block>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const close = (): void => {
    stream.close();
  };
  signal.addEventListener('abort', close, { once: true });
  try {
    if (signal.aborted) return;
    for await (const block of stream) yield block.serializeBinary();
  } finally {
    signal.removeEventListener('abort', close);
    stream.close();
  }
}
