import type { CloseableAsyncIterable } from '@hyperledger/fabric-gateway';
import { common, orderer } from '@hyperledger/fabric-protos';

import type { ActingIdentity } from '../enrolment/identities.js';
import type { PeerConnection } from './connection.js';
import type { BlockSource, OneBlock } from './ports.js';
import type { HeaderSource } from '../sources/header-source.js';
import { signedHeaderOf } from '../sources/signed-header.js';

/** Blocks from our organisation's peer through fabric-gateway, read as `reader`. Nothing is verified here. */
export function fabricBlocks(
  connection: PeerConnection,
  channel: string,
  reader: () => ActingIdentity,
): BlockSource & OneBlock {
  return {
    block: (number) => oneBlock(connection, channel, reader(), number),
    async *blocks(from, signal) {
      const network = connection.gateway(reader()).getNetwork(channel);
      yield* serialized(await network.getBlockEvents({ startBlock: BigInt(from) }), signal);
    },
    async newest() {
      const bytes = await oneBlock(connection, channel, reader());
      return common.Block.deserializeBinary(bytes).getHeader()?.getNumber() ?? 0;
    },
  };
}

/**
 * Headers from any organisation's peer, read as a member of the channel (ACL event/Block: Readers). Whole blocks travel: Deliver
 * has no smaller form that holds the header's hashes (FilteredBlock has the number alone).
 */
export function fabricHeaders(
  organization: string,
  connection: PeerConnection,
  channel: string,
  reader: () => ActingIdentity,
): HeaderSource {
  return {
    organization,
    header: async (number) => signedHeaderOf(await oneBlock(connection, channel, reader(), number)),
  };
}

/** One block, the newest unless a number is given. */
async function oneBlock(
  connection: PeerConnection,
  channel: string,
  reader: ActingIdentity,
  number?: number,
): Promise<Uint8Array> {
  const events = await blockRequest(connection, channel, reader, number);
  const waiting = AbortSignal.timeout(15_000);
  for await (const bytes of serialized(await events.getEvents(), waiting)) return bytes;
  throw new Error(
    `the peer does not give its ${number === undefined ? 'newest block' : `block ${String(number)}`}`,
  );
}

/** fabric-gateway builds requests "from a block on" only: this one is rewritten to ask for a single block. */
async function blockRequest(
  connection: PeerConnection,
  channel: string,
  reader: ActingIdentity,
  number: number | undefined,
): Promise<ReturnType<ReturnType<PeerConnection['gateway']>['newSignedBlockEventsRequest']>> {
  const gateway = connection.gateway(reader);
  const built = gateway.getNetwork(channel).newBlockEventsRequest({ startBlock: 0n });
  const envelope = common.Envelope.deserializeBinary(built.getBytes());
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const position = seekPosition(number);
  const seek = new orderer.SeekInfo();
  seek.setStart(position);
  seek.setStop(position);
  payload.setData(seek.serializeBinary());
  const signed = payload.serializeBinary();
  envelope.setPayload(signed);
  return gateway.newSignedBlockEventsRequest(envelope.serializeBinary(), await reader.sign(signed));
}

function seekPosition(number: number | undefined): orderer.SeekPosition {
  const position = new orderer.SeekPosition();
  if (number === undefined) {
    position.setNewest(new orderer.SeekNewest());
  } else {
    const specified = new orderer.SeekSpecified();
    specified.setNumber(number);
    position.setSpecified(specified);
  }
  return position;
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
