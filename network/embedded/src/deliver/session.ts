import { decode, encode, readEnvelope, recover } from '@passage/ledger';
import type { EnvelopeReading, SignedData } from '@passage/ledger';

import type { Access } from '../access/access.js';
import type { Send } from '../grpc/service.js';
import type { Ledger } from '../network.js';
import { DeliverResponse } from '../proto/deliver.js';
import { SeekInfo } from '../proto/seek.js';
import { Status } from '../proto/status.js';
import { contentOf } from './block-forms.js';
import type { BlockForm } from './block-forms.js';
import { blockAt } from './next-block.js';
import { seekRange } from './seek.js';

/** peer.authentication.timewindow, and the orderer's. */
const TIME_WINDOW_MS = 15 * 60_000;

/** What one deliver method serves, and to whom. */
export interface DeliverParts {
  readonly ledger: Ledger;
  readonly access: Access;
  readonly form: BlockForm;
  /** Why the signer may not read here; undefined if it may. */
  readonly denial: (signed: SignedData) => string | undefined;
}

/** A request for blocks that may be served. */
interface Request {
  readonly seek: SeekInfo;
  readonly creator: Uint8Array;
  /** Asked again with each block: the configuration may change under a stream that stays open. */
  readonly isAllowed: () => boolean;
}

/**
 * One deliver stream (F:common/deliver/deliver.go, Handle): each envelope of the client asks for a range of blocks, which
 * is answered with the blocks and a status. The stream stays open for the next request after a success and ends after
 * anything else. Refusals are statuses, not gRPC errors: 400 bad request, 403 not allowed, 404 no such channel or block.
 */
export async function deliver(
  parts: DeliverParts,
  envelopes: AsyncIterable<Uint8Array>,
  send: Send,
  signal: AbortSignal,
): Promise<void> {
  for await (const envelope of envelopes) {
    const status = await answer(parts, envelope, send, signal);
    if (signal.aborted) return;
    await send(encode(DeliverResponse, { status }));
    if (status !== Status.SUCCESS) return;
  }
}

async function answer(
  parts: DeliverParts,
  envelope: Uint8Array,
  send: Send,
  signal: AbortSignal,
): Promise<number> {
  const request = readRequest(parts, readEnvelope(envelope));
  if (typeof request === 'number') return request;
  const { ledger, form } = parts;
  const range = seekRange(request.seek, ledger.height());
  if (typeof range === 'number') return range;
  for (let number = range.first; number <= range.last; number++) {
    if (!range.waits && number >= ledger.height()) return Status.NOT_FOUND;
    const block = await blockAt(ledger, number, signal);
    if (block === undefined) return Status.INTERNAL_SERVER_ERROR;
    if (!request.isAllowed()) return Status.FORBIDDEN;
    const delivery = { channel: ledger.channel, number, creator: request.creator };
    await send(encode(DeliverResponse, form(contentOf(block, request.seek), delivery)));
  }
  return Status.SUCCESS;
}

/** The request, or the status that refuses it. */
function readRequest({ ledger, access, denial }: DeliverParts, reading: EnvelopeReading): Request | number {
  const { envelope, payload, channelHeader, signatureHeader } = reading;
  if (!envelope || !payload || !channelHeader || !signatureHeader) return Status.BAD_REQUEST;
  if (!isTimely(channelHeader.timestamp)) return Status.BAD_REQUEST;
  if (channelHeader.channelId !== ledger.channel) return Status.NOT_FOUND;

  const { creator } = signatureHeader;
  const signed = { message: envelope.payload, identity: creator, signature: envelope.signature };
  const isAllowed = (): boolean => Date.now() <= access.expiresAt(creator) && denial(signed) === undefined;
  if (!isAllowed()) return Status.FORBIDDEN;
  const seek = readSeek(payload.data);
  return seek === undefined ? Status.BAD_REQUEST : { seek, creator, isAllowed };
}

function isTimely(timestamp: { seconds: number } | undefined): boolean {
  return timestamp !== undefined && Math.abs(timestamp.seconds * 1000 - Date.now()) <= TIME_WINDOW_MS;
}

function readSeek(data: Uint8Array): SeekInfo | undefined {
  return recover(
    () => decode(SeekInfo, data),
    () => undefined,
  );
}
