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
  for await (const chunk of chunks) {
    const bytes: Uint8Array = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let offset = 0;
    for (let frame = readFrame(bytes, 0); frame !== undefined; frame = readFrame(bytes, offset)) {
      yield frame.content;
      offset = frame.next;
    }
    rest = bytes.subarray(offset);
  }
  return rest;
}
