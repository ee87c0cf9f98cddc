import { closeSync, openSync } from 'node:fs';
import { encodeBlockRecord, envelopeFacts, recover } from '@passage/ledger/reading';
import { decodeBlock, readFully } from './placed-block.js';
import type { EnvelopeFacts } from '@passage/ledger/reading';
import type { BlockForm, FramedFile, Place } from './placed-block.js';

/** Blocks of one file, of which somebody wants to know all but their envelopes. */
export interface OutlineQuestion {
  readonly file: FramedFile;
  readonly places: readonly Place[];
}

/** A block without its envelopes, and what hashing them came to. */
export interface Outline {
  /** The block as `encodeBlockRecord` writes it, with no envelope: one piece of memory goes to another thread quicker than ten. */
  readonly record: Uint8Array;
  readonly facts: EnvelopeFacts;
}

/** Enough for most blocks. */
const MEMORY_BYTES = 2 * 1024 * 1024;

/** Reads blocks where they stand, each into the same memory, and keeps all of them but their envelopes. */
export class OutlineReader {
  #memory = new Uint8Array(MEMORY_BYTES);

  /** The blocks at these places; undefined where there is none that can be read: who asked will find out why. */
  outlinesOf({ file, places }: OutlineQuestion): readonly (Outline | undefined)[] {
    const descriptor = openSync(file.path, 'r');
    try {
      return places.map((place) => this.#outline(file.form, descriptor, place));
    } finally {
      closeSync(descriptor);
    }
  }

  #outline(form: BlockForm, descriptor: number, { position, length }: Place): Outline | undefined {
    if (length > this.#memory.length) this.#memory = new Uint8Array(2 * length);
    const bytes = this.#memory.subarray(0, length);
    if (!readFully(descriptor, bytes, position)) return undefined;
    return recover(
      () => {
        const { header, metadata, envelopes } = decodeBlock(form, bytes);
        // A copy: these are views of the memory that the next block is read into.
        const record = encodeBlockRecord({ header, envelopes: [], metadata });
        return { record, facts: envelopeFacts(envelopes) };
      },
      () => undefined,
    );
  }
}
