import { randomUUID } from 'node:crypto';

import type { Kysely, Selectable, Transaction } from 'kysely';

import { RowList } from '../paging/row-list.js';
import type { Rows } from '../paging/row-list.js';
import type { OperationalDatabase } from '../submission/outbox-database.js';
import type { AlertLife, AlertState } from './alert-life.js';
import type { AlertLifeTable, AlertShipmentTable, AlertStepTable, AlertTable } from './alert-tables.js';
import type { Noticed } from './find-noticed.js';

/** An alert as it was kept, with where it stands at one desk. */
export type KeptAlert = Selectable<AlertTable> & {
  readonly [Column in 'state' | 'version' | 'assigned_to' | 'outcome']: AlertLifeTable[Column] | null;
};

/** Something that became of an alert. */
export type KeptStep = Selectable<AlertStepTable>;

/** Which alerts are asked for. */
export interface AlertsWanted {
  readonly desk: string;
  readonly ids?: readonly string[];
  readonly kinds?: readonly string[];
  readonly states?: readonly AlertState[];
  readonly assignedTo?: string;
  readonly shipments?: readonly string[];
}

/** A step that somebody takes, and by which request. */
export type NewStep = Omit<KeptStep, 'number' | 'ucr'>;

/** Alerts and their life, in the operational database: no rebuild of the index touches them. */
export class AlertStore {
  readonly #database: Kysely<OperationalDatabase>;
  readonly #listeners: ((number: number) => void)[] = [];

  constructor(database: Kysely<OperationalDatabase>) {
    this.#database = database;
  }

  /** Calls the listener with the number of the newest step, when there are new ones. */
  onStep(listener: (number: number) => void): void {
    this.#listeners.push(listener);
  }

  /** Up to which block consignments were looked at, and the name of this book, which its cursors bear. */
  async bookmark(): Promise<{ readonly book: string; readonly block: number }> {
    const row = { id: 1, book: randomUUID(), block: -1 };
    await this.#database
      .insertInto('alert_bookmark')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return this.#database.selectFrom('alert_bookmark').select(['book', 'block']).executeTakeFirstOrThrow();
  }

  async lookedAt(block: number): Promise<void> {
    await this.#database.updateTable('alert_bookmark').set({ block }).execute();
  }

  /** Keeps the alerts that follow now for a consignment: what is new is raised, what follows no more is marked. */
  async notice(ucr: string, found: readonly Noticed[]): Promise<void> {
    const known = await this.#ofShipment(this.#database, ucr);
    const ids = new Set(found.map(({ id }) => id));
    const fresh = found.filter(({ id, alert }) => {
      const before = known.get(id);
      return before?.follows !== 1 || before.details !== JSON.stringify(alert.details);
    });
    const ceased = [...known].filter(([id, { follows }]) => follows === 1 && !ids.has(id)).map(([id]) => id);
    if (fresh.length === 0 && ceased.length === 0) return;
    const raised = await this.#database.transaction().execute(async (step) => {
      if (ceased.length > 0) {
        await step
          .updateTable('alert_shipment')
          .set({ follows: 0 })
          .where('ucr', '=', ucr)
          .where('alert_id', 'in', ceased)
          .execute();
      }
      for (const each of fresh) await keep(step, ucr, each);
      const unknown = fresh.filter(({ id }) => !known.has(id));
      for (const { id } of unknown) await raise(step, ucr, id);
      return unknown.length;
    });
    if (raised > 0) await this.#tell();
  }

  /** The newest first. */
  alerts({ desk, ids, kinds, states, assignedTo, shipments }: AlertsWanted): Rows<KeptAlert> {
    let rows = this.#database
      .selectFrom('alert')
      .leftJoin('alert_life as life', (join) =>
        join.onRef('life.alert_id', '=', 'alert.alert_id').on('life.desk', '=', desk),
      )
      .selectAll('alert')
      .select(['life.state', 'life.version', 'life.assigned_to', 'life.outcome']);
    if (ids) rows = rows.where('alert.alert_id', 'in', ids);
    if (kinds) rows = rows.where('alert.kind', 'in', kinds);
    if (states) rows = rows.where((e) => e(e.fn.coalesce('life.state', e.val('raised')), 'in', states));
    if (assignedTo !== undefined) rows = rows.where('life.assigned_to', '=', assignedTo);
    if (shipments) {
      rows = rows.where('alert.alert_id', 'in', (e) =>
        e.selectFrom('alert_shipment').select('alert_id').where('ucr', 'in', shipments),
      );
    }
    return new RowList(rows, { list: 'alerts', columns: ['alert.number'], descending: true });
  }

  /** The consignments of some alerts. */
  shipmentsOf(ids: readonly string[]): Promise<readonly AlertShipmentTable[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.#database
      .selectFrom('alert_shipment')
      .selectAll()
      .where('alert_id', 'in', ids)
      .orderBy('ucr')
      .execute();
  }

  /** What was done with an alert at a desk, in its order. */
  stepsOf(id: string, desk: string): Promise<readonly KeptStep[]> {
    return this.#database
      .selectFrom('alert_step')
      .selectAll()
      .where('alert_id', '=', id)
      .where('desk', '=', desk)
      .orderBy('number')
      .execute();
  }

  /** What was done by a request. */
  stepBy(party: string, requestId: string): Promise<KeptStep | undefined> {
    return this.#database
      .selectFrom('alert_step')
      .selectAll()
      .where('party', '=', party)
      .where('request_id', '=', requestId)
      .executeTakeFirst();
  }

  /** Steps from a number on, in their order: at most `limit`. */
  journal(from: number, limit: number): Promise<readonly KeptStep[]> {
    return this.#database
      .selectFrom('alert_step')
      .selectAll()
      .where('number', '>=', from)
      .orderBy('number')
      .limit(limit)
      .execute();
  }

  /** The number of the newest step; -1 before the first. */
  async newest(): Promise<number> {
    const row = await this.#database
      .selectFrom('alert_step')
      .select('number')
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row?.number ?? -1;
  }

  /**
   * Writes a step down, with what it makes of the alert at its desk, if the alert still stands there as it was found (`before`); false
   * where somebody else was quicker.
   */
  async move(
    step: NewStep & { readonly desk: string },
    before: AlertLife,
    after: AlertLife,
  ): Promise<boolean> {
    const { alert_id, desk } = step;
    const values = {
      state: after.state,
      version: after.version,
      assigned_to: after.assignedTo ?? null,
      outcome: after.outcome ?? null,
    };
    const isDone = await this.#database.transaction().execute(async (transaction) => {
      const { numUpdatedRows } = await transaction
        .updateTable('alert_life')
        .set(values)
        .where('alert_id', '=', alert_id)
        .where('desk', '=', desk)
        .where('version', '=', before.version)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) {
        if (before.version > 0) return false;
        const { numInsertedOrUpdatedRows } = await transaction
          .insertInto('alert_life')
          .values({ alert_id, desk, ...values })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows === 0n) return false;
      }
      await transaction
        .insertInto('alert_step')
        .values({ ...step, ucr: null })
        .execute();
      return true;
    });
    if (isDone) await this.#tell();
    return isDone;
  }

  async #ofShipment(
    database: Kysely<OperationalDatabase>,
    ucr: string,
  ): Promise<ReadonlyMap<string, { readonly follows: number; readonly details: string }>> {
    const rows = await database
      .selectFrom('alert_shipment')
      .innerJoin('alert', 'alert.alert_id', 'alert_shipment.alert_id')
      .select(['alert.alert_id', 'alert_shipment.follows', 'alert.details'])
      .where('alert_shipment.ucr', '=', ucr)
      .execute();
    return new Map(rows.map((row) => [row.alert_id, row]));
  }

  async #tell(): Promise<void> {
    const newest = await this.newest();
    for (const listener of this.#listeners) listener(newest);
  }
}

async function keep(
  step: Transaction<OperationalDatabase>,
  ucr: string,
  { id, alert, about }: Noticed,
): Promise<void> {
  const { kind, subject, at, path } = alert;
  const details = JSON.stringify(alert.details);
  await step
    .insertInto('alert')
    .values({
      alert_id: id,
      kind,
      subject,
      ...at,
      path: JSON.stringify(path),
      details,
      raised_at: new Date().toISOString(),
    })
    .onConflict((conflict) => conflict.column('alert_id').doUpdateSet({ details }))
    .execute();
  const shipment = { about: JSON.stringify(about), follows: 1 };
  await step
    .insertInto('alert_shipment')
    .values({ alert_id: id, ucr, ...shipment })
    .onConflict((conflict) => conflict.columns(['alert_id', 'ucr']).doUpdateSet(shipment))
    .execute();
}

async function raise(step: Transaction<OperationalDatabase>, ucr: string, id: string): Promise<void> {
  const none = { desk: null, party: null, subject: null, request_id: null, request: null };
  await step
    .insertInto('alert_step')
    .values({
      alert_id: id,
      step: 'raised',
      at: new Date().toISOString(),
      ucr,
      ...none,
      assigned_to: null,
      outcome: null,
      note: null,
    })
    .execute();
}
