import { sql } from 'kysely';
import type { Kysely } from 'kysely';

import type { OperationalDatabase } from '../submission/outbox-database.js';
import type { WebhookSecrets } from './webhook-secrets.js';

/** As a step of the database's layout, kept among the others (index/migrate.ts). */
const STEP = 'webhook_secrets_sealed';

/**
 * Seals the secrets that earlier versions kept in clear, once for each database: also one that is restored from an old backup. What
 * was in clear is gone from the file then, with the pages that nothing uses any more, and from its journal.
 */
export async function sealRows(
  database: Kysely<OperationalDatabase>,
  secrets: WebhookSecrets,
): Promise<void> {
  const { rows: done } = await sql`SELECT name FROM migration WHERE name = ${STEP}`.execute(database);
  if (done.length > 0) return;
  await database.transaction().execute(async (step) => {
    const rows = await step.selectFrom('webhook').select(['id', 'secret', 'previous_secret']).execute();
    for (const row of rows)
      await step.updateTable('webhook').set(secrets.sealed(row)).where('id', '=', row.id).execute();
  });
  await sql`VACUUM`.execute(database);
  await sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(database);
  await sql`INSERT INTO migration (name) VALUES (${STEP})`.execute(database);
}
