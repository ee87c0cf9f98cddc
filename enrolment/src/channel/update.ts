import { randomBytes } from 'node:crypto';

import {
  ChannelHeader,
  concatBytes,
  ConfigUpdateEnvelope,
  encode,
  Envelope,
  HeaderType,
  Payload,
  serializeIdentity,
  SignatureHeader,
  transactionId,
} from '@passage/ledger';

import type { CertificateHolder } from '../ca/token.js';

/** 24 bytes, as Fabric's own clients take them (F:protoutil/commonutils.go, CreateNonce). */
const NONCE_BYTES = 24;

/**
 * The envelope by which an administrator allows and sends a change of the channel's configuration, as
 * `peer channel signconfigtx` and `peer channel update` make it: common.Envelope bytes of type CONFIG_UPDATE.
 */
export async function signedUpdate(
  channelId: string,
  configUpdate: Uint8Array,
  { mspId, holder, now }: { readonly mspId: string; readonly holder: CertificateHolder; readonly now: Date },
): Promise<Uint8Array> {
  const creator = serializeIdentity(mspId, Buffer.from(holder.cert));
  const newHeader = (): { nonce: Uint8Array; bytes: Uint8Array } => {
    const nonce = randomBytes(NONCE_BYTES);
    return { nonce, bytes: encode(SignatureHeader, { creator, nonce }) };
  };
  const allowing = newHeader().bytes;
  const signature = await holder.sign(concatBytes(allowing, configUpdate));
  const data = encode(ConfigUpdateEnvelope, {
    configUpdate,
    signatures: [{ signatureHeader: allowing, signature }],
  });
  const sending = newHeader();
  const channelHeader = encode(ChannelHeader, {
    type: HeaderType.CONFIG_UPDATE,
    timestamp: { seconds: Math.floor(now.getTime() / 1000), nanos: 0 },
    channelId,
    txId: transactionId(sending.nonce, creator),
  });
  const payload = encode(Payload, { header: { channelHeader, signatureHeader: sending.bytes }, data });
  return encode(Envelope, { payload, signature: await holder.sign(payload) });
}
