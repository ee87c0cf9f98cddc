/** What several rounds gave: the middle one and both ends. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly rounds: number;
}

/** Median and ends of the values; the median of an even number is the mean of the middle two. */
export function spread(values: readonly number[]): Spread {
  if (values.length === 0) throw new RangeError('nothing was measured');
  const sorted = [...values].sort((a, b) => a - b);
  return {
    median: quantile(sorted, 0.5),
    least: quantile(sorted, 0),
    most: quantile(sorted, 1),
    rounds: sorted.length,
  };
}

/** A figure that was taken elsewhere, once: the ends of what was seen. */
export function recorded(least: number, most: number = least): Spread {
  return { median: (least + most) / 2, least, most, rounds: least === most ? 1 : 2 };
}

/** Each value divided by the middle of what was seen elsewhere. */
export function ratiosTo(ours: readonly number[], { median }: Spread): Spread {
  return spread(ours.map((value) => value / median));
}

/** Round by round, ours divided by the comparator's: what both sides met on the same machine in the same minute. */
export function ratios(ours: readonly number[], theirs: readonly number[]): Spread {
  if (ours.length !== theirs.length) throw new RangeError('each round needs both sides');
  return spread(ours.map((value, round) => value / (theirs[round] ?? Number.NaN)));
}

/** The value below which the share `p` (0 to 1) of the values lies, between neighbours in proportion. */
export function percentile(values: readonly number[], p: number): number {
  if (values.length === 0) throw new RangeError('nothing was measured');
  return quantile(
    [...values].sort((a, b) => a - b),
    p,
  );
}

function quantile(sorted: readonly number[], p: number): number {
  const position = (sorted.length - 1) * p;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}
