const DAY = 24 * 60 * 60 * 1000;

/** Whether a copy that was kept at a time has outlived its retention at another. Both are timestamps of transactions. */
export function isRetentionOver(keptAt: string, at: string, days: number): boolean {
  return Date.parse(at) - Date.parse(keptAt) >= days * DAY;
}

/** What was kept at this time or before has outlived its retention at `at`. */
export function retentionOverUpTo(at: string, days: number): string {
  return new Date(Date.parse(at) - days * DAY).toISOString();
}
