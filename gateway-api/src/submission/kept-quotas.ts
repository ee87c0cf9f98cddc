import { setTimeout as sleep } from 'node:timers/promises';

import type { Kysely } from 'kysely';

import { messageOf } from '../errors.js';
import type { Logger } from '../log.js';
import type { OperationalDatabase } from './outbox-database.js';
import { StatementQuotas } from './quotas.js';
import type { KeptBucket, Quotas } from './quotas.js';

/** How long after a charge it is written down, in milliseconds: what a kill -9 may forget. */
const KEEP_MS = 5_000;

/** Quotas of statements that a restart does not fill up: kept in the operational database some seconds after each charge, and at the end. */
export class KeptQuotas {
  readonly #database: Kysely<OperationalDatabase>;
  readonly #quotas: StatementQuotas;
  readonly #log: Logger;
  readonly #stopping = new AbortController();
  #keeping: Promise<void> | undefined;
  #isCharged = false;

  private constructor(database: Kysely<OperationalDatabase>, quotas: StatementQuotas, log: Logger) {
    this.#database = database;
    this.#quotas = quotas;
    this.#log = log;
  }

  /** Takes up what an earlier run left. */
  static async open(database: Kysely<OperationalDatabase>, quotas: Quotas, log: Logger): Promise<KeptQuotas> {
    const row = await database.selectFrom('quota').select('buckets').executeTakeFirst();
    const kept = row ? (JSON.parse(row.buckets) as readonly KeptBucket[]) : [];
    return new KeptQuotas(database, new StatementQuotas(quotas, { kept }), log);
  }

  /** As `StatementQuotas` has it. */
  charge(party: string, kids: readonly string[]): void {
    this.#quotas.charge(party, kids);
    this.#isCharged = true;
    this.#keeping ??= this.#keep();
  }

  /** Writes down what is left now. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#keeping;
  }

  async #keep(): Promise<void> {
    while (this.#isCharged) {
      await sleep(KEEP_MS, undefined, { signal: this.#stopping.signal, ref: false }).catch(() => undefined);
      this.#isCharged = false;
      await this.#write();
    }
    this.#keeping = undefined;
  }

  async #write(): Promise<void> {
    const row = { id: 1, buckets: JSON.stringify(this.#quotas.left()) };
    try {
      await this.#database
        .insertInto('quota')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
    } catch (error) {
      this.#log.error({ reason: messageOf(error) }, 'what is left of quotas cannot be written');
    }
  }
}
