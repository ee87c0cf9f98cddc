import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { readFrameSize, recover } from '@passage/ledger';
import type { Place } from './placed-block.js';

/** A length takes no more bytes than this. */
const LENGTH_BYTES = 10;

/**
 * Where the blocks of a file stand, found by their lengths alone. It ends where the file does, or before the first block that
 * is not whole or has no length: whoever reads on from there says what is wrong.
 */
export function* placesIn(path: string): Generator<Place> {
  const descriptor = openSync(path, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const bytes = new Uint8Array(LENGTH_BYTES);
    for (let offset = 0; offset < size;) {
      const read = readSync(descriptor, bytes, 0, LENGTH_BYTES, offset);
      const frame = recover(
        () => readFrameSize(bytes.subarray(0, read), 0),
        () => undefined,
      );
      if (frame === undefined) return;
      const place = { position: offset + frame.start, length: frame.length };
      offset = place.position + place.length;
      if (offset > size) return;
      yield place;
    }
  } finally {
    closeSync(descriptor);
  }
}
