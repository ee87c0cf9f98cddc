import { sql } from 'kysely';
import type { Insertable, Kysely, Transaction } from 'kysely';

import type { PartyInRole } from '../enrolment/identities.js';
import type { SignedTransaction } from '../fabric/ports.js';
import { reasonOf } from '../files/disk-full.js';
import type { OperationalDatabase, OutboxStatementTable } from './outbox-database.js';

/** A statement that was accepted and is not on the ledger yet. */
export interface WaitingStatement {
  readonly statementId: string;
  readonly jws: string;
}

/** A transaction whose fate is open, with the statements it carries. */
export interface OpenTransaction {
  readonly transaction: SignedTransaction;
  readonly who: PartyInRole;
  readonly statements: readonly WaitingStatement[];
}

/** What the outbox knows of a statement that is not in the index. */
export type OutboxStatus = { readonly party: string } & (
  | { readonly status: 'waiting' | 'sent' }
  | { readonly status: 'refused'; readonly code: string; readonly message: string }
);

/**
 * The durable outbox: what it has taken is on disk before the caller hears "accepted", and stays until a verified block
 * holds it or the rules refuse it. The statement's own key on the ledger makes sending twice harmless.
 */
export class Outbox {
  readonly #database: Kysely<OperationalDatabase>;
  /** Why the last write failed; undefined when it did not. */
  #trouble: string | undefined;

  constructor(database: Kysely<OperationalDatabase>) {
    this.#database = database;
  }

  /** Stores statements durably; returns those that were not here yet (a refused one gets another chance). */
  async accept(
    who: PartyInRole,
    statements: readonly WaitingStatement[],
    acceptedAt: string,
  ): Promise<readonly WaitingStatement[]> {
    if (statements.length === 0) return [];
    return this.#change(async (step) => {
      const ids = statements.map((s) => s.statementId);
      const here = await step
        .selectFrom('outbox_statement')
        .select('statement_id')
        .where('statement_id', 'in', ids)
        .where('status', '<>', 'refused')
        .execute();
      const known = new Set(here.map((row) => row.statement_id));
      const fresh = distinct(statements).filter((s) => !known.has(s.statementId));
      if (fresh.length === 0) return fresh;
      await step
        .deleteFrom('outbox_statement')
        .where(
          'statement_id',
          'in',
          fresh.map((s) => s.statementId),
        )
        .execute();
      await step
        .insertInto('outbox_statement')
        .values(fresh.map((s) => newRow(who, s, acceptedAt)))
        .execute();
      return fresh;
    });
  }

  /** Statements that wait for a transaction, in order of arrival. */
  async waiting(): Promise<readonly (WaitingStatement & { readonly who: PartyInRole })[]> {
    const rows = await this.#database
      .selectFrom('outbox_statement')
      .select(['statement_id', 'jws', 'party', 'role'])
      .where('status', '=', 'waiting')
      .orderBy('arrival')
      .execute();
    return rows.map((row) => ({ ...statementOf(row), who: { party: row.party, role: row.role } }));
  }

  /** Transactions that were signed and whose fate a crash has left open. */
  async openTransactions(): Promise<readonly OpenTransaction[]> {
    const rows = await this.#database.selectFrom('outbox_transaction').selectAll().execute();
    return Promise.all(
      rows.map(async (row) => {
        const carried = await this.#database
          .selectFrom('outbox_statement')
          .select(['statement_id', 'jws'])
          .where('transaction_id', '=', row.transaction_id)
          .orderBy('arrival')
          .execute();
        return {
          transaction: {
            transactionId: row.transaction_id,
            prepared: row.prepared,
            signature: row.signature,
          },
          who: { party: row.party, role: row.role },
          statements: carried.map(statementOf),
        };
      }),
    );
  }

  /** Keeps a signed transaction before it is sent for the first time. */
  async open(
    who: PartyInRole,
    transaction: SignedTransaction,
    statementIds: readonly string[],
  ): Promise<void> {
    await this.#change(async (step) => {
      const { transactionId, prepared, signature } = transaction;
      await step
        .insertInto('outbox_transaction')
        .values({ transaction_id: transactionId, prepared, signature, ...who })
        .execute();
      await step
        .updateTable('outbox_statement')
        .set({ status: 'sent', transaction_id: transactionId })
        .where('statement_id', 'in', statementIds)
        .execute();
    });
  }

  /** Forgets a transaction whose fate is known; what it carried and is still here waits again. */
  async close(transactionId: string): Promise<void> {
    await this.#change(async (step) => {
      await step.deleteFrom('outbox_transaction').where('transaction_id', '=', transactionId).execute();
      await step
        .updateTable('outbox_statement')
        .set({ status: 'waiting', transaction_id: null })
        .where('transaction_id', '=', transactionId)
        .execute();
    });
  }

  /** Keeps why a statement will not be recorded, for those who ask. */
  async refuse(statementId: string, code: string, message: string): Promise<void> {
    await this.#change((step) =>
      step
        .updateTable('outbox_statement')
        .set({ status: 'refused', transaction_id: null, code, message })
        .where('statement_id', '=', statementId)
        .execute(),
    );
  }

  /** Removes statements that a verified block holds. */
  async settle(statementIds: readonly string[]): Promise<void> {
    if (statementIds.length === 0) return;
    await this.#change((step) =>
      step.deleteFrom('outbox_statement').where('statement_id', 'in', statementIds).execute(),
    );
  }

  /** Every statement here that is not refused: what a rebuilt index is asked about at start. */
  async unsettled(): Promise<readonly string[]> {
    const rows = await this.#database
      .selectFrom('outbox_statement')
      .select('statement_id')
      .where('status', '<>', 'refused')
      .execute();
    return rows.map((row) => row.statement_id);
  }

  async status(statementId: string): Promise<OutboxStatus | undefined> {
    const row = await this.#database
      .selectFrom('outbox_statement')
      .select(['party', 'status', 'code', 'message'])
      .where('statement_id', '=', statementId)
      .executeTakeFirst();
    if (!row) return undefined;
    if (row.status !== 'refused') return { party: row.party, status: row.status };
    return { party: row.party, status: 'refused', code: row.code ?? 'INTERNAL', message: row.message ?? '' };
  }

  /** Statements that are neither recorded nor refused. */
  async depth(): Promise<number> {
    const row = await this.#database
      .selectFrom('outbox_statement')
      .select((e) => e.fn.countAll<number>().as('n'))
      .where('status', '<>', 'refused')
      .executeTakeFirstOrThrow();
    return row.n;
  }

  /** Why nothing can be written, tried anew each time that it is asked; undefined when all is well. */
  async trouble(): Promise<string | undefined> {
    // Also an unchanged version is written to the file's header (sqlite.org/pragma.html, user_version).
    if (this.#trouble !== undefined)
      await this.#change((step) => sql`PRAGMA user_version = 0`.execute(step)).catch(() => undefined);
    return this.#trouble;
  }

  /** Every write, in one transaction: all of it is on disk afterwards, or none. */
  async #change<T>(write: (step: Transaction<OperationalDatabase>) => Promise<T>): Promise<T> {
    try {
      const done = await this.#database.transaction().execute(write);
      this.#trouble = undefined;
      return done;
    } catch (error) {
      this.#trouble = reasonOf(error);
      throw error;
    }
  }
}

function newRow(
  who: PartyInRole,
  { statementId, jws }: WaitingStatement,
  acceptedAt: string,
): Insertable<OutboxStatementTable> {
  return {
    statement_id: statementId,
    jws,
    party: who.party,
    role: who.role,
    status: 'waiting',
    transaction_id: null,
    code: null,
    message: null,
    accepted_at: acceptedAt,
  };
}

function distinct(statements: readonly WaitingStatement[]): readonly WaitingStatement[] {
  return [...new Map(statements.map((s) => [s.statementId, s])).values()];
}

function statementOf(row: { statement_id: string; jws: string }): WaitingStatement {
  return { statementId: row.statement_id, jws: row.jws };
}
