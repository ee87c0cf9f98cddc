import type { Violation } from '../../errors/violations.js';
import { pointerTo } from '../../json/pointer.js';
import type { Share } from '../stock.js';

/** What stands against shares that are declared for a lot: an origin named twice, or more than can be counted. */
export function shareViolations(shares: readonly Share[]): readonly Violation[] {
  const origins = shares.map(({ origin }) => origin);
  const twice = origins.flatMap((origin, index) =>
    origins.indexOf(origin) < index
      ? [{ pointer: pointerTo('/shares', index), code: 'VALUE', message: `names ${origin} again` }]
      : [],
  );
  const total = shares.reduce((sum, { quantity }) => sum + BigInt(quantity), 0n);
  if (total <= BigInt(Number.MAX_SAFE_INTEGER)) return twice;
  return [...twice, { pointer: '/shares', code: 'VALUE', message: 'must add up to at most 2^53-1' }];
}
