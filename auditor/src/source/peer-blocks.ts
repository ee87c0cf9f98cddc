import { Client, credentials, status } from '@grpc/grpc-js';
import { decode, readBlock } from '@passage/ledger';
import { AuditError, messageOf } from '../errors.js';
import { DeliverResponse, STATUS_SUCCESS } from './deliver-messages.js';
import { seekRequest } from './seek-request.js';
import type { RawBlock } from '@passage/ledger';
import type { BlockSource } from './block-source.js';
import type { SeekRange } from './seek-request.js';
import type { Signer } from './signer.js';

const DELIVER = '/protos.Deliver/Deliver';

/** How to reach a peer, and as whom. */
export interface PeerAccess {
  /** Whose it is. */
  readonly organization: string;
  /** host:port */
  readonly address: string;
  /** PEM of the CA that vouches for the peer's TLS certificate. */
  readonly tlsRootCertificate: Buffer;
  readonly channel: string;
  readonly signer: Signer;
}

/**
 * The blocks that a peer has when it is asked, through Fabric's Deliver service over TLS. What the peer says of them is
 * not believed: it is only where the bytes come from.
 */
export function peerBlocks(peer: PeerAccess): BlockSource {
  return {
    description: `peer ${peer.address} of ${peer.organization}`,
    async *blocks(from = 0) {
      const client = new Client(peer.address, credentials.createSsl(peer.tlsRootCertificate), {
        'grpc.max_receive_message_length': -1,
      });
      try {
        let newest = 0;
        for await (const { header } of deliver(client, peer, 'newest')) newest = header.number;
        if (from > newest) return;
        for await (const block of deliver(client, peer, from)) {
          yield { block, progress: Math.min(1, (block.header.number + 1) / (newest + 1)) };
        }
      } finally {
        client.close();
      }
    },
  };
}

async function* deliver(client: Client, peer: PeerAccess, range: SeekRange): AsyncGenerator<RawBlock> {
  const same = (bytes: Buffer): Buffer => bytes;
  const call = client.makeBidiStreamRequest(DELIVER, same, same);
  try {
    call.write(Buffer.from(seekRequest(peer.channel, range, peer.signer)));
    for await (const message of call as AsyncIterable<Buffer>) {
      const { status: outcome, block } = decode(DeliverResponse, message);
      if (outcome === STATUS_SUCCESS) return;
      if (outcome !== undefined) throw refused(peer, outcome);
      if (block !== undefined) yield readBlock(block);
    }
    throw new AuditError(
      'PEER_UNAVAILABLE',
      `${peer.address} ended the stream before its last block: try again`,
    );
  } catch (error) {
    throw error instanceof AuditError ? error : unavailable(peer, error);
  } finally {
    call.cancel();
  }
}

function refused({ address, channel }: PeerAccess, outcome: number): AuditError {
  const next =
    outcome === 403
      ? 'give another --org, for it does not let this identity read the channel'
      : outcome === 404
        ? `compare the profile, for it has no channel ${channel}`
        : 'see the log of the peer';
  return new AuditError('PEER_REFUSED', `${address} refuses to give the blocks (status ${outcome}): ${next}`);
}

function unavailable({ address }: PeerAccess, error: unknown): AuditError {
  const down = error instanceof Error && 'code' in error && error.code === status.UNAVAILABLE;
  const next = down ? 'start the network with ./test-network.sh up' : 'see the log of the peer';
  return new AuditError('PEER_UNAVAILABLE', `no blocks from peer ${address} (${messageOf(error)}): ${next}`, {
    cause: error,
  });
}
