/**
 * The first number after `same`, at most `different`, from which on two chains part. Headers point backwards, so chains that
 * differ at a block differ at every later one, and halving finds it: about 20 questions for a million blocks.
 */
export async function firstDifference(
  same: number,
  different: number,
  isSame: (number: number) => Promise<boolean>,
): Promise<number> {
  let [low, high] = [same, different];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (await isSame(middle)) low = middle;
    else high = middle;
  }
  return high;
}
