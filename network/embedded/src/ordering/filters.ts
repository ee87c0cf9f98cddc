import {
  validSigners,
  type ChannelConfig,
  type EnvelopeReading,
  type SignatureHeader,
} from '@passage/ledger';

import type { BroadcastResult } from '../network.js';
import { Status } from '../proto/status.js';

/** Who may send anything to the channel. */
const WRITERS = '/Channel/Writers';

/**
 * The rules that every envelope has to pass (F:orderer/common/msgprocessor: SizeFilter, ExpirationRejectRule, SigFilter, in
 * this order): why this one does not, or undefined.
 */
export function refusalByFilters(
  reading: EnvelopeReading,
  config: ChannelConfig,
  now: Date,
): BroadcastResult | undefined {
  const { envelope, signatureHeader } = reading;
  if (envelope === undefined || signatureHeader === undefined) {
    return {
      status: Status.BAD_REQUEST,
      info: `could not convert message to signedData: ${faultOf(reading)}`,
    };
  }
  const size = envelope.payload.length + envelope.signature.length;
  const { absoluteMaxBytes } = config.batchSize;
  if (size > absoluteMaxBytes) {
    const info = `message payload is ${size} bytes and exceeds maximum allowed ${absoluteMaxBytes} bytes`;
    return { status: Status.BAD_REQUEST, info };
  }
  if (isExpired(signatureHeader, config, now)) {
    return { status: Status.BAD_REQUEST, info: 'broadcast client identity expired' };
  }
  if (isWriter(reading, config)) return undefined;
  return { status: Status.FORBIDDEN, info: 'signature set did not satisfy policy: permission denied' };
}

/** Whether the one who signed the envelope may write to the channel. */
export function isWriter(
  { envelope, signatureHeader }: EnvelopeReading,
  { msps, policies }: ChannelConfig,
): boolean {
  if (envelope === undefined || signatureHeader === undefined) return false;
  const { payload: message, signature } = envelope;
  const signers = validSigners([{ identity: signatureHeader.creator, message, signature }], msps);
  return policies.find(WRITERS)?.isSatisfiedBy(signers) === true;
}

/** Says what keeps an envelope from being read. */
export function faultOf({ faults }: EnvelopeReading): string {
  const [fault] = faults;
  if (fault?.part === 'header') return 'header not set';
  return fault?.error.message ?? 'malformed';
}

function isExpired({ creator }: SignatureHeader, { msps }: ChannelConfig, now: Date): boolean {
  const expiry = msps.findIdentity(creator)?.certificate.notAfter ?? Infinity;
  return now.getTime() > expiry * 1000;
}
