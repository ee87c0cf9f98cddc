/** An amount of material of one origin, in whatever unit the caller counts. */
export interface Amount {
  /** ISO 3166-1 alpha-2. */
  readonly origin: string;
  readonly amount: bigint;
}

/**
 * Divides a total in the proportion of `weights`, in whole units, by the method of the largest remainder (Hamilton): each
 * origin gets its quota rounded down, and the units left over go to the largest remainders, among equal ones to the
 * origin whose code comes first. So the parts always add up to the total, in whatever order the weights were given, and
 * no part exceeds its weight where the total does not exceed their sum.
 *
 * @param weights one for each origin, none negative, not all zero unless the total is zero.
 * @returns the parts that are not zero, in the order of their codes.
 */
export function apportion(total: bigint, weights: readonly Amount[]): readonly Amount[] {
  const sum = sumOf(weights);
  if (total === 0n) return [];
  if (sum === 0n) throw new RangeError('a quantity cannot be divided in the proportion of nothing');
  const quotas = [...weights].sort(byOrigin).map(({ origin, amount }) => ({
    origin,
    amount: (total * amount) / sum,
    remainder: (total * amount) % sum,
  }));
  const left = Number(total - sumOf(quotas));
  const favoured = new Set([...quotas].sort(byRemainder).slice(0, left));
  return quotas
    .map((quota) => ({ origin: quota.origin, amount: quota.amount + (favoured.has(quota) ? 1n : 0n) }))
    .filter(({ amount }) => amount > 0n);
}

export function sumOf(amounts: readonly Amount[]): bigint {
  return amounts.reduce((sum, { amount }) => sum + amount, 0n);
}

type Quota = Amount & { readonly remainder: bigint };

/** The largest first; the sort is stable, and quotas come in the order of their codes. */
function byRemainder(one: Quota, other: Quota): number {
  return one.remainder === other.remainder ? 0 : one.remainder > other.remainder ? -1 : 1;
}

function byOrigin(one: Amount, other: Amount): number {
  return one.origin < other.origin ? -1 : 1;
}
