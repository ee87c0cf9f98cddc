import { LedgerError } from '../errors.js';
import { concatBytes } from '../codec/index.js';

/** A length-prefixed piece of a file. */
export interface Frame {
  readonly content: Uint8Array;
  /** Offset of the next frame. */
  readonly next: number;
}

/** Where the content of a frame stands. */
export interface FrameSize {
  readonly start: number;
  readonly length: number;
}

/**
 * Reads (uvarint length, bytes) at an offset: the framing of Fabric's block files and of plain block streams. Undefined
 * if the bytes end before the frame does, as they do after a crash while writing.
 *
 * @throws LedgerError MALFORMED_BLOCK if the length is no length.
 */
export function readFrame(bytes: Uint8Array, offset: number): Frame | undefined {
  const size = readFrameSize(bytes, offset);
  if (size === undefined) return undefined;
  const next = size.start + size.length;
  return next > bytes.length ? undefined : { content: bytes.subarray(size.start, next), next };
}

/**
 * Reads only the length of the frame at an offset; undefined if the bytes end before it does.
 *
 * @throws LedgerError MALFORMED_BLOCK if it is no length.
 */
export function readFrameSize(bytes: Uint8Array, offset: number): FrameSize | undefined {
  let length = 0;
  let position = offset;
  for (let factor = 1; ; factor *= 0x80, position++) {
    const byte = bytes[position];
    if (byte === undefined) return undefined;
    length += (byte & 0x7f) * factor;
    if (!Number.isSafeInteger(length)) {
      throw new LedgerError('MALFORMED_BLOCK', `no length of a block at byte ${String(offset)}`);
    }
    if (byte < 0x80) return { start: position + 1, length };
  }
}

/** The bytes with their length before them. */
export function writeFrame(content: Uint8Array): Uint8Array {
  return concatBytes(...frameParts(content));
}

/** The same in its parts, for something larger to be made of without copying twice. */
export function frameParts(content: Uint8Array): readonly Uint8Array[] {
  return [uvarint(content.length), content];
}

/** A whole number from 0 to 2^53-1 as Go's unsigned varint. */
export function uvarint(value: number): Uint8Array {
  const digits: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) digits.push((rest % 0x80) | 0x80);
  return Uint8Array.of(...digits, rest);
}
