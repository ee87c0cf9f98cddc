import { encodeBlock, writeFrame } from '@passage/ledger';
import type { RawBlock } from '@passage/ledger';
import type { BlockSource } from '../source/block-source.js';

/** Blocks in memory as a source. */
export function sourceOf(blocks: Iterable<RawBlock>): BlockSource {
  return {
    description: 'memory',
    async *blocks() {
      for (const block of blocks) yield await Promise.resolve({ block, progress: 0 });
    },
  };
}

/** The stream of blocks as a recording holds it. */
export function streamOf(blocks: readonly RawBlock[]): Buffer {
  return Buffer.concat(blocks.map((block) => writeFrame(encodeBlock(block))));
}
