/** Numbers of blocks as first and last of each run without a gap. */
export type BlockRanges = readonly (readonly [first: number, last: number])[];

/** Collects ascending numbers of blocks, so that a whole chain takes no more room than one block. */
export class BlockRangeCollector {
  readonly #ranges: [number, number][] = [];

  add(block: number): void {
    const last = this.#ranges.at(-1);
    if (last !== undefined && last[1] === block - 1) last[1] = block;
    else this.#ranges.push([block, block]);
  }

  get ranges(): BlockRanges {
    return this.#ranges.map(([first, last]) => [first, last]);
  }
}

/** Ranges in words: `0 to 11, 14`; `none` where there are none. */
export function describeRanges(ranges: BlockRanges): string {
  const words = ranges.map(([first, last]) =>
    first === last ? String(first) : `${String(first)} to ${String(last)}`,
  );
  return words.join(', ') || 'none';
}
