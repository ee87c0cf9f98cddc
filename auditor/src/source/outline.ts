import { closeSync, openSync } from 'node:fs';
import { FactFinder, recover } from '@passage/ledger';
import { decodeBlock, readFully } from './placed-block.js';
import type { BlockFacts, Consenter, RawBlock, SignatureBatch, SignatureMethod } from '@passage/ledger';
import type { BlockForm, FramedFile, Place } from './placed-block.js';

/** Blocks of one file, of which somebody wants to know all but their envelopes. */
export interface OutlineQuestion {
  readonly file: FramedFile;
  readonly places: readonly Place[];
}

/** A block without its envelopes, and what was found out about them. */
export interface Outline extends Pick<RawBlock, 'header' | 'metadata'> {
  readonly facts: BlockFacts;
}

/** Enough for most blocks. */
const MEMORY_BYTES = 2 * 1024 * 1024;

/** Reads blocks where they stand, each into the same memory, and keeps all of them but their envelopes. */
export class OutlineReader {
  readonly #finder: FactFinder;
  #memory = new Uint8Array(MEMORY_BYTES);

  /** @param signatures how those of orderers are checked; together if nothing is said. */
  constructor(signatures: SignatureMethod = 'together') {
    this.#finder = new FactFinder({ transactions: false, signatures });
  }

  set consenters(consenters: readonly Consenter[]) {
    this.#finder.consenters = consenters;
  }

  /** The blocks at these places; undefined where there is none that can be read: who asked will find out why. */
  outlinesOf({ file, places }: OutlineQuestion): readonly (Outline | undefined)[] {
    const descriptor = openSync(file.path, 'r');
    try {
      const batch = this.#finder.newBatch();
      const found = places.map((place) => this.#outline(file.form, descriptor, place, batch));
      return found.map((outline) => outline?.());
    } finally {
      closeSync(descriptor);
    }
  }

  /** What asks for the outline, once the signatures of all blocks have been added to the batch. */
  #outline(
    form: BlockForm,
    descriptor: number,
    { position, length }: Place,
    batch: SignatureBatch,
  ): (() => Outline) | undefined {
    if (length > this.#memory.length) this.#memory = new Uint8Array(2 * length);
    const bytes = this.#memory.subarray(0, length);
    if (!readFully(descriptor, bytes, position)) return undefined;
    return recover(
      () => {
        const { header, metadata, envelopes } = decodeBlock(form, bytes);
        const { number, previousHash, dataHash } = header;
        // Copies: these are views of the memory that the next block is read into.
        const kept = {
          header: { number, previousHash: previousHash.slice(), dataHash: dataHash.slice() },
          metadata: metadata.map((part) => part.slice()),
        };
        const facts = this.#finder.lookAt({ ...kept, envelopes }, batch);
        return () => ({ ...kept, facts: facts() });
      },
      () => undefined,
    );
  }
}
