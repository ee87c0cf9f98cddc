import { readSync } from 'node:fs';
import { decodeBlockRecord, readBlock } from '@passage/ledger/reading';
import type { RawBlock } from '@passage/ledger/reading';

/** How the blocks of a file are written: as a Deliver stream has them, or as a peer keeps them. */
export type BlockForm = 'stream' | 'record';

/** A file with one framed block behind another. */
export interface FramedFile {
  readonly path: string;
  readonly form: BlockForm;
}

/** Where one block stands in its file, without its frame. */
export interface Place {
  readonly position: number;
  readonly length: number;
}

/** @throws LedgerError if the bytes are no block of this form */
export function decodeBlock(form: BlockForm, bytes: Uint8Array): RawBlock {
  return form === 'stream' ? readBlock(bytes) : decodeBlockRecord(bytes);
}

/** Fills the buffer from a place in an open file; false where the file ends before. */
export function readFully(descriptor: number, buffer: Uint8Array, position: number): boolean {
  let filled = 0;
  while (filled < buffer.length) {
    const read = readSync(descriptor, buffer, filled, buffer.length - filled, position + filled);
    if (read === 0) return false;
    filled += read;
  }
  return true;
}

/** A block whose envelopes stay in the file until somebody asks for them, which at level hash hardly anybody does. */
export class PlacedBlock implements RawBlock {
  readonly header: RawBlock['header'];
  readonly metadata: readonly Uint8Array[];
  readonly #read: () => RawBlock;
  #whole: RawBlock | undefined;

  /** @param read gives the whole block. */
  constructor({ header, metadata }: Pick<RawBlock, 'header' | 'metadata'>, read: () => RawBlock) {
    this.header = header;
    this.metadata = metadata;
    this.#read = read;
  }

  get envelopes(): readonly Uint8Array[] {
    this.#whole ??= this.#read();
    return this.#whole.envelopes;
  }
}
