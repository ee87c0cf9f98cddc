import type { Kysely, Selectable } from 'kysely';

import { reasonOf } from '../files/disk-full.js';
import type { Logger } from '../log.js';
import { RowList } from '../paging/row-list.js';
import type { Rows } from '../paging/row-list.js';
import type { LedgerAlertTable, OperationalDatabase } from '../submission/outbox-database.js';
import type { LedgerAlert, LedgerAlertKind } from './ledger-alert.js';

/** An alert as it was kept. */
export type KeptAlert = Selectable<LedgerAlertTable>;

/**
 * Keeps what was noticed of the ledger itself, in the operational database: no rebuild of the index touches it. The same is
 * noticed again at every look, and kept once.
 */
export class AlertBook {
  readonly #database: Kysely<OperationalDatabase>;
  readonly #log: Logger;
  readonly #listeners: ((alert: LedgerAlert) => void)[] = [];

  constructor(database: Kysely<OperationalDatabase>, log: Logger) {
    this.#database = database;
    this.#log = log;
  }

  /** Calls the listener for every alert that is new. */
  onRaised(listener: (alert: LedgerAlert) => void): void {
    this.#listeners.push(listener);
  }

  /** Keeps an alert and logs it. Never throws: what cannot be kept is in the log at least. */
  async raise(alert: LedgerAlert): Promise<void> {
    const { kind, block, organization, message } = alert;
    const said = { alert: kind, block, organization };
    try {
      const kept = await this.#database
        .insertInto('ledger_alert')
        .values({
          kind,
          block,
          organization,
          message,
          noticed_at: new Date().toISOString(),
          ours: alert.ours ?? null,
          theirs: alert.theirs ?? null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if (kept.numInsertedOrUpdatedRows === 0n) return;
      this.#log.error(said, message);
    } catch (error) {
      this.#log.error({ ...said, unkept: reasonOf(error) }, message);
    }
    for (const listener of this.#listeners) listener(alert);
  }

  /** The newest fork whose alert comes after the one that was settled. */
  openFork(settled = 0): Promise<Pick<LedgerAlertTable, 'block' | 'organization'> | undefined> {
    return this.#database
      .selectFrom('ledger_alert')
      .select(['block', 'organization'])
      .where('kind', '=', 'fork')
      .where('id', '>', settled)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
  }

  /** The newest first. */
  alerts(kind?: LedgerAlertKind): Rows<KeptAlert> {
    const all = this.#database.selectFrom('ledger_alert').selectAll();
    const rows = kind === undefined ? all : all.where('kind', '=', kind);
    return new RowList(rows, { list: 'ledgerAlerts', columns: ['id'], descending: true });
  }
}
