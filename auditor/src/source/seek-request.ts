import { randomBytes } from 'node:crypto';
import {
  ChannelHeader,
  encode,
  HeaderType,
  Payload,
  SignatureHeader,
  signEnvelope,
  transactionId,
} from '@passage/ledger';
import { FAIL_IF_NOT_READY, SeekInfo } from './deliver-messages.js';
import type { Signer } from './signer.js';

/** The blocks that are there now from a number on, or the newest alone. */
export type SeekRange = number | 'newest';

/** A signed envelope that asks a Deliver service for blocks (Fabric: common/deliver/deliver.go reads it). */
export function seekRequest(channelId: string, range: SeekRange, signer: Signer): Uint8Array {
  const nonce = randomBytes(24);
  const milliseconds = Date.now();
  const channelHeader = encode(ChannelHeader, {
    type: HeaderType.DELIVER_SEEK_INFO,
    channelId,
    txId: transactionId(nonce, signer.creator),
    timestamp: { seconds: Math.floor(milliseconds / 1000), nanos: (milliseconds % 1000) * 1e6 },
  });
  const data = encode(SeekInfo, {
    start: range === 'newest' ? { newest: {} } : { specified: { number: range } },
    stop: { newest: {} },
    behavior: FAIL_IF_NOT_READY,
  });
  const signatureHeader = encode(SignatureHeader, { creator: signer.creator, nonce });
  const payload = encode(Payload, { header: { channelHeader, signatureHeader }, data });
  return signEnvelope(payload, (message) => signer.sign(message));
}
