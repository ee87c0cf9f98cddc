import { X509Certificate } from 'node:crypto';

const DAY_MS = 86_400_000;

/** How long before its end a certificate is renewed: 30 days, and never more than a third of its life. */
const MOST_DAYS_AHEAD = 30;
const LARGEST_PART_AHEAD = 1 / 3;

/** How a certificate stands at a moment. */
export interface Standing {
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** From when on it should be renewed. */
  readonly renewFrom: Date;
  /** Whole days until its end; negative once it has ended. */
  readonly daysLeft: number;
  readonly state: 'good' | 'due' | 'ended';
}

/** When a certificate (PEM) ends, and whether it is time to renew it. Throws what node:crypto says of bytes that are none. */
export function standingOf(cert: string, now: Date): Standing {
  const { validFromDate: notBefore, validToDate: notAfter } = new X509Certificate(cert);
  const life = notAfter.getTime() - notBefore.getTime();
  const ahead = Math.min(MOST_DAYS_AHEAD * DAY_MS, life * LARGEST_PART_AHEAD);
  const renewFrom = new Date(notAfter.getTime() - ahead);
  const left = notAfter.getTime() - now.getTime();
  const state = left <= 0 ? 'ended' : now >= renewFrom ? 'due' : 'good';
  return { notBefore, notAfter, renewFrom, daysLeft: Math.floor(left / DAY_MS), state };
}
