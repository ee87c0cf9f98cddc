import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeviceError, messageOf } from '../errors/device-error.js';
import type { SignedStatement } from '../statement/sign-statement.js';

/**
 * Hands statements over and gives the ids of those that were taken (accepted, or known already). The others stay in the
 * queue. An error with `retryable: false` says that sending again is no use.
 */
export type Send = (statements: readonly SignedStatement[]) => Promise<readonly string[]>;

/** How a queue is handed over. */
export interface FlushOptions {
  /** Most statements in one hand-over; the ledger takes up to 100. */
  readonly chunk?: number;
  /** Failures in a row after which flushing gives up. */
  readonly attempts?: number;
  /** Wait after the first failure in milliseconds; it doubles with each further one up to `longestWait`. */
  readonly firstWait?: number;
  readonly longestWait?: number;
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

/** What flushing needs of a queue. */
export interface Outbox {
  queue(): readonly SignedStatement[];
  acknowledge(statementIds: readonly string[]): void;
}

/**
 * Hands the whole queue over, oldest first, chunk by chunk, and acknowledges what was taken. A failed hand-over is tried
 * again after a wait that grows and is spread by chance, so that a thousand devices do not come back at the same moment.
 *
 * @returns how many statements were taken.
 * @throws DeviceError LINK_FAILED when it gives up; what was not taken is still in the queue.
 */
export async function flush(outbox: Outbox, send: Send, options: FlushOptions = {}): Promise<number> {
  const { chunk = 50, attempts = 6, firstWait = 200, longestWait = 30_000, wait = sleep } = options;
  let taken = 0;
  let failures = 0;
  for (;;) {
    const statements = outbox.queue().slice(0, chunk);
    if (statements.length === 0) return taken;
    try {
      taken += await handOver(outbox, send, statements);
      failures = 0;
    } catch (error) {
      failures += 1;
      if (failures >= attempts || !isRetryable(error)) throw linkFailed(outbox, error);
      const longest = Math.min(firstWait * 2 ** (failures - 1), longestWait);
      await wait(longest / 2 + randomInt(Math.ceil(longest / 2) + 1));
    }
  }
}

async function handOver(outbox: Outbox, send: Send, statements: readonly SignedStatement[]): Promise<number> {
  const answer = new Set(await send(statements));
  const taken = statements.map(({ statementId }) => statementId).filter((id) => answer.has(id));
  if (taken.length === 0) throw new Error('none of the statements was taken');
  outbox.acknowledge(taken);
  return taken.length;
}

function isRetryable(error: unknown): boolean {
  if (error instanceof DeviceError) return false;
  return (error as { retryable?: unknown } | undefined)?.retryable !== false;
}

function linkFailed(outbox: Outbox, error: unknown): DeviceError {
  if (error instanceof DeviceError) return error;
  const left = outbox.queue().length;
  return new DeviceError('LINK_FAILED', `${left} statements could not be handed over: ${messageOf(error)}.`, {
    cause: error,
  });
}
