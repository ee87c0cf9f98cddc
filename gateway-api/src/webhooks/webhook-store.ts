import type { Kysely } from 'kysely';

import type { OperationalDatabase } from '../submission/outbox-database.js';
import type { WebhookTable } from './webhook-database.js';

/** Webhooks in the operational database, durable at every step: what was delivered is known after a kill -9, or delivered again. */
export class WebhookStore {
  readonly #database: Kysely<OperationalDatabase>;

  constructor(database: Kysely<OperationalDatabase>) {
    this.#database = database;
  }

  all(): Promise<readonly WebhookTable[]> {
    return this.#database.selectFrom('webhook').selectAll().orderBy('registered_at').orderBy('id').execute();
  }

  webhook(id: string): Promise<WebhookTable | undefined> {
    return this.#database.selectFrom('webhook').selectAll().where('id', '=', id).executeTakeFirst();
  }

  async add(row: WebhookTable): Promise<void> {
    await this.#database.insertInto('webhook').values(row).execute();
  }

  async change(id: string, columns: Partial<WebhookTable>): Promise<void> {
    await this.#database.updateTable('webhook').set(columns).where('id', '=', id).execute();
  }

  async remove(id: string): Promise<void> {
    await this.#database.deleteFrom('webhook').where('id', '=', id).execute();
  }

  /** An item was taken: the cursor moves behind it, and what failed before is over. */
  async delivered(id: string, cursor: string, at: Date): Promise<void> {
    await this.#database
      .updateTable('webhook')
      .set((e) => ({
        cursor,
        delivered: e('delivered', '+', 1),
        delivered_at: at.toISOString(),
        failures: 0,
        failing_since: null,
        failure: null,
      }))
      .where('id', '=', id)
      .execute();
  }
}
