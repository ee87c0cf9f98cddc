import { decode } from '../codec/index.js';
import { LedgerError } from '../errors.js';
import { ChannelHeader, Envelope, Payload, SignatureHeader } from '../proto/common.js';
import type { Message } from '../codec/index.js';
import type { Header } from '../proto/common.js';

/** The layers of an envelope, from the outside in. */
export type EnvelopePart = 'envelope' | 'payload' | 'header' | 'channelHeader' | 'signatureHeader';

/**
 * What could be read of an envelope. A part is absent if it, or one around it, could not be read; `faults` says which
 * and why. Raw parts (`envelope.payload`, `header.channelHeader`…) are the signed bytes themselves.
 */
export interface EnvelopeReading {
  readonly envelope?: Envelope;
  readonly payload?: Payload;
  readonly header?: Header;
  readonly channelHeader?: ChannelHeader;
  readonly signatureHeader?: SignatureHeader;
  readonly faults: readonly EnvelopeFault[];
}

export interface EnvelopeFault {
  readonly part: EnvelopePart;
  readonly error: LedgerError;
}

/**
 * Reads an envelope as far as it can be read. It never throws: orderers accept bytes that nobody can parse, and those
 * stand in the chain for ever.
 */
export function readEnvelope(bytes: Uint8Array): EnvelopeReading {
  const faults: EnvelopeFault[] = [];
  const part = <D>(name: EnvelopePart, type: Message<D>, raw: Uint8Array): D | undefined => {
    try {
      return decode(type, raw);
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      faults.push({ part: name, error });
      return undefined;
    }
  };
  const envelope = part('envelope', Envelope, bytes);
  const payload = envelope && part('payload', Payload, envelope.payload);
  const header = payload?.header;
  if (payload !== undefined && header === undefined) {
    faults.push({ part: 'header', error: new LedgerError('MALFORMED_MESSAGE', 'the payload has no header') });
  }
  const channelHeader = header && part('channelHeader', ChannelHeader, header.channelHeader);
  const signatureHeader = header && part('signatureHeader', SignatureHeader, header.signatureHeader);
  return together({ envelope, payload, header, channelHeader, signatureHeader }, faults);
}

type Parts = { readonly [Part in EnvelopePart]: EnvelopeReading[Part] | undefined };

function together(
  { envelope, payload, header, channelHeader, signatureHeader }: Parts,
  faults: readonly EnvelopeFault[],
): EnvelopeReading {
  // Nearly every envelope can be read whole, and spreading what may be missing takes time.
  if (envelope && payload && header && channelHeader && signatureHeader)
    return { envelope, payload, header, channelHeader, signatureHeader, faults };
  return {
    ...(envelope && { envelope }),
    ...(payload && { payload }),
    ...(header && { header }),
    ...(channelHeader && { channelHeader }),
    ...(signatureHeader && { signatureHeader }),
    faults,
  };
}
