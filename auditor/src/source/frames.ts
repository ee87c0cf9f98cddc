import { readFrame } from '@passage/ledger';

const NOTHING = new Uint8Array();

/**
 * Cuts a stream of bytes into its length-prefixed frames. Whatever is left when the stream ends inside a frame is
 * returned, so that the caller can say so; an empty rest is a proper end.
 *
 * @throws LedgerError MALFORMED_BLOCK where a length is no length.
 */
export async function* splitFrames(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, Uint8Array> {
  let rest: Uint8Array = NOTHING;
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  for await (const chunk of chunks) {
    waiting.push(chunk);
    waitingBytes += chunk.length;
    // Joining a long frame anew with each of its chunks would take time by the square of its length.
    if (waitingBytes < rest.length) continue;
    rest = yield* framesIn(Buffer.concat([rest, ...waiting]));
    waiting = [];
    waitingBytes = 0;
  }
  return yield* framesIn(Buffer.concat([rest, ...waiting]));
}

/** The whole frames in the bytes; what is left behind them is returned. */
function* framesIn({ buffer, byteOffset, length }: Buffer): Generator<Uint8Array, Uint8Array> {
  // Views of a Buffer are Buffers, which are made more slowly, and a block is cut into thousands of views.
  const bytes = new Uint8Array(buffer, byteOffset, length);
  let offset = 0;
  for (let frame = readFrame(bytes, 0); frame !== undefined; frame = readFrame(bytes, offset)) {
    yield frame.content;
    offset = frame.next;
  }
  return bytes.subarray(offset);
}
