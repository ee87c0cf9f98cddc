import { encodeBlock, writeFrame } from '@passage/ledger';
import type { RawBlock } from '@passage/ledger';
import type { BlockSource } from '../source/block-source.js';

/** Blocks in memory as a source. */
export function sourceOf(blocks: Iterable<RawBlock>): BlockSource {
  return {
    description: 'memory',
    async *blocks(from = 0) {
      let left = from;
      for (const block of blocks) {
        left -= 1;
        if (left < 0) yield await Promise.resolve({ block, progress: 0 });
      }
    },
  };
}

/** The stream of blocks as a recording holds it. */
export function streamOf(blocks: readonly RawBlock[]): Buffer {
  return Buffer.concat(blocks.map((block) => writeFrame(encodeBlock(block))));
}
