/** How long an offer or a release stands where nothing else is said: three days. */
export const defaultLifetimeMs = 72 * 60 * 60 * 1000;

/** The longest that one may stand: ninety days. */
export const maxLifetimeMs = 90 * 24 * 60 * 60 * 1000;

/** The last moment for what is made at `from` (both ISO 8601 UTC), where nothing else is said. */
export function defaultExpiry(from: string): string {
  return new Date(Date.parse(from) + defaultLifetimeMs).toISOString();
}

/** Whether an end lies in the future, and not too far. */
export function isLawfulExpiry(expiresAt: string, now: string): boolean {
  const lifetime = Date.parse(expiresAt) - Date.parse(now);
  return lifetime > 0 && lifetime <= maxLifetimeMs;
}

/** Whether it is over. What has no end never is. */
export function isExpired(expiresAt: string | undefined, now: string): boolean {
  return expiresAt !== undefined && now > expiresAt;
}
