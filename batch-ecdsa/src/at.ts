/** The item at a place where there is one. */
export function at<T>(items: ArrayLike<T>, index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`nothing at ${String(index)} of ${String(items.length)}`);
  return item;
}

/** 0, 1, 2 … below `count`, each plus `from`. */
export function range(count: number, from = 0): number[] {
  return Array.from({ length: count }, (_, i) => from + i);
}
