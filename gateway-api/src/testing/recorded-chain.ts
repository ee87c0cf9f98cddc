import { setTimeout as sleep } from 'node:timers/promises';

import { encodeBlock } from '@passage/ledger';
import type { RawBlock } from '@passage/ledger';

import type { BlockSource, OneBlock } from '../fabric/ports.js';
import type { Trust } from '../trust.js';

/** Blocks of a real chain, and where trust in it starts. */
export interface RecordedChain {
  readonly trust: Trust;
  readonly source: RecordedBlocks;
}

/** A peer that has so many blocks and no more; a test may put another block in the place of one. */
export class RecordedBlocks implements BlockSource, OneBlock {
  readonly blocksByNumber: RawBlock[];
  /** How often a single block was asked for. */
  asked = 0;

  constructor(blocks: readonly RawBlock[]) {
    this.blocksByNumber = [...blocks];
  }

  newest(): Promise<number> {
    return Promise.resolve(this.blocksByNumber.length - 1);
  }

  async *blocks(from: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    for (const block of this.blocksByNumber.slice(from)) yield encodeBlock(block);
    while (!signal.aborted) await sleep(1_000, undefined, { signal }).catch(() => undefined);
  }

  block(number: number): Promise<Uint8Array> {
    this.asked++;
    const block = this.blocksByNumber[number];
    return block
      ? Promise.resolve(encodeBlock(block))
      : Promise.reject(new Error(`no block ${String(number)}`));
  }
}
