import { pino } from 'pino';
import type { Logger } from 'pino';

export type { Logger } from 'pino';

const secrets = ['token', 'authorization', 'secret', 'previous_secret', 'key', 'opening', 'salt'];

/** Members of an entry, and of what stands in it, that are never written. */
export const redacted = {
  paths: secrets.flatMap((name) => [name, `*.${name}`]),
  remove: true,
};

/** Structured log on standard output; what could hold a secret is never written. */
export function openLog(level: string, organization: string): Logger {
  return pino({
    level,
    base: { gateway: organization },
    redact: redacted,
  });
}
