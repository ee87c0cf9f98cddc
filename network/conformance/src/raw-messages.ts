import { randomBytes } from 'node:crypto';

import {
  ChannelHeader,
  decode,
  type Encodable,
  encode,
  HeaderType,
  Payload,
  SignatureHeader,
  signEnvelope,
} from '@passage/ledger';
import { BroadcastResponse, SeekInfo, type Signer } from '@passage/network-embedded/testing';

import type { OrganizationName } from './network/under-test.js';
import type { Stage } from './stage.js';

/** A request for blocks; the defaults are what an ordinary client would send. */
export interface SeekRequest {
  readonly seek: Encodable<SeekInfo> | Uint8Array;
  readonly channelId?: string;
  readonly time?: Date;
}

/** The envelope of a request for blocks, signed. */
export function seekEnvelope(
  stage: Stage,
  user: Signer,
  { seek, channelId = stage.network.channel, time = new Date() }: SeekRequest,
): Uint8Array {
  const channelHeader = encode(ChannelHeader, {
    type: HeaderType.DELIVER_SEEK_INFO,
    channelId,
    timestamp: { seconds: Math.floor(time.getTime() / 1000), nanos: 0 },
  });
  const signatureHeader = encode(SignatureHeader, { creator: user.serialized, nonce: randomBytes(24) });
  const data = seek instanceof Uint8Array ? seek : encode(SeekInfo, seek);
  const payload = encode(Payload, { header: { channelHeader, signatureHeader }, data });
  return signEnvelope(payload, (message) => user.sign(message));
}

/** Sends one envelope to an organisation's orderer and gives its answer. */
export async function broadcast(
  stage: Stage,
  at: OrganizationName,
  envelope: Uint8Array,
): Promise<{ status: number; info: string }> {
  const stream = stage.connections.stream(at, '/orderer.AtomicBroadcast/Broadcast');
  try {
    stream.send(envelope);
    const answer = await stream.next();
    if (answer === undefined) throw new Error('the orderer said nothing');
    return decode(BroadcastResponse, answer);
  } finally {
    stream.close();
  }
}
