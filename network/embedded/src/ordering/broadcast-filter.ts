import {
  encode,
  Envelope,
  HeaderType,
  readEnvelope,
  transactionId,
  validSigners,
  type ChannelConfig,
  type EnvelopeReading,
  type SignatureHeader,
} from '@passage/ledger';

import type { BroadcastResult } from '../network.js';
import { Status } from '../proto/status.js';

/** Who may send anything to the channel. */
const WRITERS = '/Channel/Writers';

/** What the broadcast filter says of an envelope. */
export type Judgement =
  | {
      readonly accepted: true;
      /** Hash of nonce and creator: by this SmartBFT tells requests apart, whatever id the envelope claims. */
      readonly requestId: string;
      /**
       * The envelope as it goes into a block: written again in canonical form, as gRPC in Go does on the way. Blocks with any
       * other are refused by every peer (F:protoutil/blockutils.go, VerifyTransactionsAreWellFormed).
       */
      readonly envelope: Uint8Array;
    }
  | { readonly accepted: false; readonly refusal: BroadcastResult };

/**
 * What a consenter checks before it takes an envelope (F:orderer/common/msgprocessor: EmptyRejectRule, SizeFilter,
 * ExpirationRejectRule, SigFilter, in this order). Nothing of the transaction inside is looked at: peers judge that.
 */
export function judgeBroadcast(bytes: Uint8Array, config: ChannelConfig, now: Date): Judgement {
  const reading = readEnvelope(bytes);
  const { envelope, payload, channelHeader, signatureHeader } = reading;
  if (channelHeader === undefined) {
    return refuse(Status.BAD_REQUEST, `could not determine channel ID: ${faultOf(reading)}`);
  }
  if (channelHeader.channelId !== config.channelId)
    return refuse(Status.BAD_REQUEST, 'channel does not exist');
  const unsupported = refuseType(channelHeader.type);
  if (unsupported !== undefined) return unsupported;
  if (payload === undefined || payload.data.length === 0) {
    return refuse(Status.BAD_REQUEST, 'message payload is empty');
  }
  const { absoluteMaxBytes } = config.batchSize;
  if (bytes.length > absoluteMaxBytes) {
    const sizes = `is ${bytes.length} bytes and exceeds maximum allowed ${absoluteMaxBytes} bytes`;
    return refuse(Status.BAD_REQUEST, `message payload ${sizes}`);
  }
  if (envelope === undefined || signatureHeader === undefined)
    return refuse(Status.BAD_REQUEST, faultOf(reading));
  return judgeSigner(envelope, signatureHeader, config, now);
}

function refuseType(type: number): Judgement | undefined {
  switch (type) {
    case HeaderType.CONFIG_UPDATE:
      return refuse(
        Status.NOT_IMPLEMENTED,
        'the embedded network does not support configuration updates yet',
      );
    case HeaderType.CONFIG:
    case HeaderType.ORDERER_TRANSACTION:
      return refuse(Status.BAD_REQUEST, 'message is of type that cannot be processed directly');
    default:
      return undefined;
  }
}

function judgeSigner(
  envelope: Envelope,
  { creator, nonce }: SignatureHeader,
  { msps, policies }: ChannelConfig,
  now: Date,
): Judgement {
  const expiry = msps.findIdentity(creator)?.certificate.notAfter ?? Infinity;
  if (now.getTime() > expiry * 1000) {
    return refuse(Status.BAD_REQUEST, 'broadcast client identity expired');
  }
  const { payload: message, signature } = envelope;
  const signers = validSigners([{ identity: creator, message, signature }], msps);
  if (policies.find(WRITERS)?.isSatisfiedBy(signers) !== true) {
    return refuse(Status.FORBIDDEN, 'signature set did not satisfy policy: permission denied');
  }
  return { accepted: true, requestId: transactionId(nonce, creator), envelope: encode(Envelope, envelope) };
}

function refuse(status: number, info: string): Judgement {
  return { accepted: false, refusal: { status, info } };
}

function faultOf({ faults }: EnvelopeReading): string {
  return faults[0]?.error.message ?? 'malformed';
}
