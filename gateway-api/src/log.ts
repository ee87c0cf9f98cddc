import { pino } from 'pino';
import type { Logger } from 'pino';

export type { Logger } from 'pino';

/** Structured log on standard output; what could hold a secret is never written. */
export function openLog(level: string, organization: string): Logger {
  return pino({
    level,
    base: { gateway: organization },
    redact: { paths: ['token', 'authorization', 'headers.authorization', 'secret', 'key'], remove: true },
  });
}
