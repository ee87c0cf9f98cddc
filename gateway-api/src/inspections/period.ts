/** How long a period is; weeks begin on Mondays (ISO 8601). */
export const periods = ['day', 'week', 'month', 'year'] as const;

export type Period = (typeof periods)[number];

const DAY_MS = 86_400_000;

/** The period that a time (ISO 8601) lies in: its first moment and the next one's, in UTC. */
export function periodOf(period: Period, time: string): { readonly from: string; readonly until: string } {
  const at = new Date(time);
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  const midnight = Date.UTC(year, month, day);
  // Sunday is day 0, and a week's last.
  const monday = midnight - ((at.getUTCDay() + 6) % 7) * DAY_MS;
  const bounds: Readonly<Record<Period, readonly [number, number]>> = {
    day: [midnight, midnight + DAY_MS],
    week: [monday, monday + 7 * DAY_MS],
    month: [Date.UTC(year, month), Date.UTC(year, month + 1)],
    year: [Date.UTC(year, 0), Date.UTC(year + 1, 0)],
  };
  const [from, until] = bounds[period];
  return { from: new Date(from).toISOString(), until: new Date(until).toISOString() };
}
