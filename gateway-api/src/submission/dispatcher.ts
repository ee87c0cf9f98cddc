import { setTimeout as sleep } from 'node:timers/promises';

import type { ActingIdentity, PartyInRole } from '../enrolment/identities.js';
import { Refusal } from '../errors.js';
import type { Endorsed, SignedTransaction } from '../fabric/ports.js';
import { isDiskFull, reasonOf } from '../files/disk-full.js';
import type { Logger } from '../log.js';
import type { GatewayMetrics } from '../metrics/metrics.js';
import { batchResults, refusedStatements } from './batch-answers.js';
import { VALID } from './commits.js';
import type { Commit } from './commits.js';
import { Gate } from './gate.js';
import type { OpenTransaction, Outbox, WaitingStatement } from './outbox.js';
import { DEFAULT_PACE } from './sender.js';
import type { Sender, SendingPace } from './sender.js';
import { StatementQueue } from './statement-queue.js';
import type { BatchLimits } from './statement-queue.js';

/** What the dispatcher needs of the rest of the gateway. */
export interface DispatcherParts {
  readonly outbox: Outbox;
  readonly sender: Sender;
  readonly identity: (who: PartyInRole) => Promise<ActingIdentity>;
  /** Which of these statements the index holds as recorded. */
  readonly recorded: (statementIds: readonly string[]) => Promise<readonly string[]>;
  readonly limits: BatchLimits;
  /** How many statements the ledger takes in one transaction. */
  readonly batchLimit: () => Promise<number>;
  /** Transactions of statements in flight at once. */
  readonly width?: number;
  readonly pace?: SendingPace;
  readonly metrics: Pick<GatewayMetrics, 'batchSent' | 'statementRefused'>;
  readonly log: Logger;
}

/**
 * Carries statements from the outbox to the ledger, in transactions of many. What the rules refuse is taken out with its
 * code and the rest goes on; what cannot be sent now is tried again for as long as the gateway runs, and after it starts
 * again. Statements leave the outbox only when the index has seen them in a verified block.
 */
export class Dispatcher {
  readonly #parts: DispatcherParts;
  readonly #pace: SendingPace;
  /** Statements that are being taken care of, so that none is in two batches at once. */
  readonly #held = new Set<string>();
  readonly #queue: StatementQueue;
  readonly #gate: Gate;
  readonly #stopping = new AbortController();
  readonly #work = new Set<Promise<void>>();

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
    this.#pace = parts.pace ?? DEFAULT_PACE;
    this.#gate = new Gate(parts.width ?? 8);
    this.#queue = new StatementQueue(parts.limits, (who, statements) => {
      this.#start(who, statements, () => this.#recordInParts(who, statements));
    });
  }

  /** Takes up what an earlier run left. Call once the index has caught up. */
  async resume(): Promise<void> {
    const { outbox, recorded } = this.#parts;
    await outbox.settle(await recorded(await outbox.unsettled()));
    for (const open of await outbox.openTransactions()) {
      for (const { statementId } of open.statements) this.#held.add(statementId);
      this.#start(open.who, open.statements, () => this.#finish(open));
    }
    for (const { who, ...statement } of await outbox.waiting()) this.enqueue(who, [statement]);
  }

  /** Sends statements that the outbox has taken. */
  enqueue(who: PartyInRole, statements: readonly WaitingStatement[]): void {
    if (this.#stopping.signal.aborted) return;
    const fresh = statements.filter(({ statementId }) => !this.#held.has(statementId));
    for (const { statementId } of fresh) this.#held.add(statementId);
    this.#queue.add(who, fresh);
  }

  /** Stops sending and waits until nothing more is written; everything unfinished stays in the outbox. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#queue.stop();
    await Promise.all(this.#work);
  }

  /** Runs a task on statements; one that fails (a full disk, a refusing orderer) is taken up again after a pause. */
  #start(who: PartyInRole, statements: readonly WaitingStatement[], task: () => Promise<void>): void {
    const release = (): void => {
      for (const { statementId } of statements) this.#held.delete(statementId);
    };
    const work = this.#gate.run(task).then(release, async (error: unknown) => {
      const rest = await this.#unsettledAfter(error, statements);
      release();
      this.enqueue(who, rest);
    });
    this.#work.add(work);
    void work.then(() => this.#work.delete(work));
  }

  /** Which statements of a failed task still have to be sent, after a pause and as soon as the databases can tell. */
  async #unsettledAfter(
    error: unknown,
    statements: readonly WaitingStatement[],
  ): Promise<readonly WaitingStatement[]> {
    const { outbox, recorded, log } = this.#parts;
    const { signal } = this.#stopping;
    for (let failure = error; !this.#stopped();) {
      log.error({ reason: reasonOf(failure) }, 'sending a batch failed and is tried again');
      const pause = isDiskFull(failure) ? this.#pace.resendFirst : this.#pace.resendMost;
      await sleep(pause, undefined, { signal }).catch(() => undefined);
      try {
        const settled = await recorded(statements.map((s) => s.statementId));
        await outbox.settle(settled);
        const known = new Set(settled);
        return statements.filter((s) => !known.has(s.statementId));
      } catch (again) {
        failure = again;
      }
    }
    return [];
  }

  #stopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** After a crash: learns the fate of a transaction that had been signed, and goes on from there. */
  async #finish({ who, transaction, statements }: OpenTransaction): Promise<void> {
    const commit = await this.#deliver(transaction);
    if (commit.code !== VALID) await this.#recordInParts(who, statements);
  }

  /** One transaction after another, none with more statements than the ledger takes. */
  async #recordInParts(who: PartyInRole, statements: readonly WaitingStatement[]): Promise<void> {
    const most = await this.#parts.batchLimit();
    for (let from = 0; from < statements.length; from += most) {
      await this.#record(who, statements.slice(from, from + most));
    }
  }

  async #record(who: PartyInRole, statements: readonly WaitingStatement[]): Promise<void> {
    const { sender, outbox } = this.#parts;
    const signal = this.#stopping.signal;
    let rest = statements;
    for (let attempt = 1; rest.length > 0; attempt++) {
      const endorsed = await this.#endorse(who, rest);
      if (endorsed === undefined) return;
      rest = endorsed.statements;
      const ids = rest.map((s) => s.statementId);
      if (batchResults(endorsed.transaction.result).every((r) => r.status === 'duplicate')) {
        // Recorded earlier, perhaps through another gateway: the index settles them, now or with a block to come.
        await outbox.settle(await this.#parts.recorded(ids));
        return;
      }
      await outbox.open(who, endorsed.transaction, ids);
      this.#parts.metrics.batchSent(ids.length);
      const commit = await this.#deliver(endorsed.transaction);
      if (commit.code === VALID) {
        await outbox.settle(await this.#parts.recorded(ids));
        return;
      }
      const final = refusalOfCommit(() => {
        sender.refuseUnlessMendable(commit, attempt);
      });
      if (final) {
        await this.#refuseAll(rest, final);
        return;
      }
      await sender.pause(attempt, signal);
    }
  }

  /** Sends until the fate is known, and forgets the bytes then; also when the orderers will never take them. */
  async #deliver(transaction: SignedTransaction): Promise<Commit> {
    try {
      const commit = await this.#parts.sender.deliver(transaction, this.#stopping.signal);
      await this.#parts.outbox.close(transaction.transactionId);
      return commit;
    } catch (error) {
      if (error instanceof Refusal && error.code === 'LEDGER_REFUSED') {
        await this.#parts.outbox.close(transaction.transactionId);
      }
      throw error;
    }
  }

  /** Proposes until the peers endorse, without the statements they name as bad; undefined when none is left. */
  async #endorse(
    who: PartyInRole,
    statements: readonly WaitingStatement[],
  ): Promise<{ transaction: Endorsed; statements: readonly WaitingStatement[] } | undefined> {
    let rest = statements;
    const { away, resendMost } = this.#pace;
    for (let pause = away; rest.length > 0;) {
      this.#stopping.signal.throwIfAborted();
      try {
        const json = JSON.stringify({ statements: rest.map((s) => s.jws) });
        const identity = await this.#parts.identity(who);
        return {
          transaction: await this.#parts.sender.endorse('RecordStatements', json, identity),
          statements: rest,
        };
      } catch (error) {
        // The peers know a lower limit than this index does: the statements wait until it has caught up.
        if (!(error instanceof Refusal) || error.code === 'BATCH_SIZE') throw error;
        if (error.facts.retryable === true) {
          this.#parts.log.warn(
            { code: error.code, reason: error.message, pause },
            'statements wait for the ledger',
          );
          await sleep(pause, undefined, { signal: this.#stopping.signal });
          pause = Math.min(pause * 2, resendMost);
        } else {
          rest = await this.#dropRefused(rest, error);
        }
      }
    }
    return undefined;
  }

  async #dropRefused(
    statements: readonly WaitingStatement[],
    error: Refusal,
  ): Promise<readonly WaitingStatement[]> {
    const bad = refusedStatements(error);
    if (bad.size === 0) {
      await this.#refuseAll(statements, error);
      return [];
    }
    for (const [index, { code, message }] of bad) {
      const statement = statements[index];
      if (statement) await this.#refuse(statement, code, message);
    }
    return statements.filter((_, index) => !bad.has(index));
  }

  async #refuseAll(statements: readonly WaitingStatement[], error: Refusal): Promise<void> {
    for (const statement of statements) await this.#refuse(statement, error.code, error.message);
  }

  async #refuse({ statementId }: WaitingStatement, code: string, message: string): Promise<void> {
    await this.#parts.outbox.refuse(statementId, code, message);
    this.#parts.metrics.statementRefused(code, 'ledger');
  }
}

function refusalOfCommit(check: () => void): Refusal | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
