import { join } from 'node:path';

import type { Kysely } from 'kysely';

import type { TokenVerifier } from '../auth/verify-token.js';
import { gatewayError } from '../errors.js';
import type { OperationalDatabase } from '../submission/outbox-database.js';
import { copyDatabase } from './copy-database.js';

/** Where a running gateway puts a copy for the command to fetch: in its own folder, which only its owner reads. */
export const COPY_IN_FOLDER = 'operational.copy.sqlite';

/**
 * Copies the operational database of a running gateway, which alone may open it. Only the organisation's own administrator may
 * ask; where the copy goes is not the caller's choice.
 */
export class BackupDoor {
  readonly #parts: {
    readonly operational: Kysely<OperationalDatabase>;
    readonly folder: string;
    readonly organization: string;
  };
  #running: Promise<void> = Promise.resolve();

  constructor(parts: {
    readonly operational: Kysely<OperationalDatabase>;
    readonly folder: string;
    readonly organization: string;
  }) {
    this.#parts = parts;
  }

  /** Throws `UNAUTHENTICATED`, `FORBIDDEN`, or SQLite's error. */
  async take(verify: TokenVerifier, authorization: string | undefined): Promise<void> {
    const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
    if (token === undefined) {
      throw gatewayError('UNAUTHENTICATED', 'this request brings no token', { status: 401 });
    }
    const { admin, org } = await verify(token);
    if (!admin || org !== this.#parts.organization) {
      throw gatewayError('FORBIDDEN', "only this organisation's administrator takes backups", {
        status: 403,
      });
    }
    const { operational, folder } = this.#parts;
    const copy = this.#running.then(() => copyDatabase(operational, join(folder, COPY_IN_FOLDER)));
    this.#running = copy.catch(() => undefined);
    await copy;
  }
}
