import type { Statement } from './connection-thread.js';
import { SyncConnection } from './sync-connection.js';

/**
 * What a writer says to the database. What it writes in a transaction waits until it reads something or the transaction ends, so that
 * all of a block goes to the server at once.
 */
export class Session {
  readonly #connection: SyncConnection;
  #waiting: Statement[] = [];
  /** Whether a transaction was asked for, and whether the server knows of it yet. */
  #transaction: 'none' | 'asked' | 'begun' = 'none';

  constructor(url: string) {
    this.#connection = new SyncConnection(url);
  }

  /** The rows of a query, behind everything that was written before it. */
  read(statement: Statement): readonly unknown[] {
    const statements = [...this.#waiting, statement];
    this.#waiting = [];
    if (this.#transaction === 'begun') return this.#connection.run(statements);
    const rows = this.#connection.open(...statements);
    if (this.#transaction === 'asked') this.#transaction = 'begun';
    return rows;
  }

  write(statement: Statement): void {
    if (this.#transaction === 'none') this.read(statement);
    else this.#waiting.push(statement);
  }

  /** All of a piece of work, or, where it throws, nothing. */
  atomically<Result>(work: () => Result): Result {
    this.#transaction = 'asked';
    this.#waiting = [{ text: 'BEGIN' }];
    try {
      const result = work();
      this.read({ text: 'COMMIT' });
      return result;
    } catch (error) {
      this.#rollBack();
      throw error;
    } finally {
      this.#transaction = 'none';
    }
  }

  close(): void {
    this.#connection.close();
  }

  #rollBack(): void {
    this.#waiting = [];
    if (this.#transaction !== 'begun') return;
    try {
      this.read({ text: 'ROLLBACK' });
    } catch {
      // The connection is lost, and the transaction with it: the first error says so.
    }
  }
}
