import { isCanonical } from '../codec/index.js';
import { Envelope } from '../proto/common.js';

/** Tags of the two fields of an envelope, payload and signature: both bytes. */
const PAYLOAD = 0x0a;
const SIGNATURE = 0x12;

/**
 * Whether an envelope is exactly what protobuf makes of it (Fabric: protoutil/blockutils.go, VerifyTransactionsAreWellFormed).
 * One of a payload and a signature and nothing else, as nearly all are, is recognised by its two lengths.
 */
export function isCanonicalEnvelope(bytes: Uint8Array): boolean {
  const signature = endOfField(bytes, 0, PAYLOAD);
  if (signature !== undefined && endOfField(bytes, signature, SIGNATURE) === bytes.length) return true;
  return isCanonical(Envelope, bytes);
}

/** Where a field of bytes ends that begins at `start`; undefined where no such field stands there in its one form. */
function endOfField(bytes: Uint8Array, start: number, tag: number): number | undefined {
  if (bytes[start] !== tag) return undefined;
  let length = 0;
  let position = start + 1;
  for (let factor = 1; factor <= 0x80 ** 4; factor *= 0x80) {
    const byte = bytes[position++] ?? 0;
    length += (byte & 0x7f) * factor;
    if (byte >= 0x80) continue;
    // A last byte of 0 makes the length longer than it has to be, or says that the field is empty and should not be there.
    return byte === 0 ? undefined : position + length;
  }
  return undefined;
}
