import type { Violation } from '../errors/violations.js';
import type { Parameters } from '../parameters/parameter-table.js';

const HOUR = 60 * 60 * 1000;

/** How long offers and releases stand: where nothing else is said, and at most. */
type Lifetimes = Pick<Parameters, 'offerHours' | 'longestOfferDays'>;

/** The last moment for what is made at `from` (both ISO 8601 UTC), where nothing else is said. */
export function defaultExpiry(from: string, { offerHours }: Pick<Lifetimes, 'offerHours'>): string {
  return new Date(Date.parse(from) + offerHours * HOUR).toISOString();
}

/** What is wrong with an end that does not lie in the future, or lies too far ahead. */
export function expiryViolations(
  expiresAt: string,
  now: string,
  { longestOfferDays }: Pick<Lifetimes, 'longestOfferDays'>,
): readonly Violation[] {
  const lifetime = Date.parse(expiresAt) - Date.parse(now);
  if (lifetime > 0 && lifetime <= longestOfferDays * 24 * HOUR) return [];
  const message = `must lie in the future, at most ${String(longestOfferDays)} days ahead`;
  return [{ pointer: '/expiresAt', code: 'VALUE', message }];
}

/** Whether it is over. What has no end never is. */
export function isExpired(expiresAt: string | undefined, now: string): boolean {
  return expiresAt !== undefined && now > expiresAt;
}
