import { setTimeout as sleep } from 'node:timers/promises';

import type { ActingIdentity } from '../enrolment/identities.js';
import { Refusal, gatewayError } from '../errors.js';
import type { Endorsed, LedgerClient, PrivatePart, SignedTransaction } from '../fabric/ports.js';
import { wordsOfOrderers } from '../fabric/refusals.js';
import type { Logger } from '../log.js';
import type { GatewayMetrics } from '../metrics/metrics.js';
import { ENDORSEMENT_POLICY_FAILURE, MVCC_READ_CONFLICT, PHANTOM_READ_CONFLICT, VALID } from './commits.js';
import type { Commit, CommitBoard } from './commits.js';
import { whilePeersCatchUp } from './lagging-peers.js';

/** How patient sending is; all in milliseconds. */
export interface SendingPace {
  /** The same bytes are sent again when no block has shown them for this long; doubles up to `resendMost`. */
  readonly resendFirst: number;
  readonly resendMost: number;
  /** Upper bound of the random pause before a dead transaction is proposed again; doubles with each attempt. */
  readonly jitter: number;
  /** First pause of the outbox while the ledger cannot be reached; doubles up to `resendMost`. */
  readonly away: number;
  /** How often a transaction that died of a conflict is proposed, the first time included. */
  readonly proposals: number;
}

export const DEFAULT_PACE: SendingPace = {
  resendFirst: 2_000,
  resendMost: 30_000,
  jitter: 50,
  away: 500,
  proposals: 6,
};

/** A command that was carried out, now or (duplicate) by an earlier request with the same id. */
export interface Sent {
  readonly result: string;
  readonly transactionId: string;
  /** Absent when nothing had to be written: the endorsers found the request carried out already. */
  readonly commit?: Commit;
}

/** Codes of transactions that a new simulation may save: what was read, or a key's policy, changed in between. */
const MENDED_BY_PROPOSING: readonly number[] = [
  MVCC_READ_CONFLICT,
  PHANTOM_READ_CONFLICT,
  ENDORSEMENT_POLICY_FAILURE,
];

/**
 * Sending as DESIGN asks ("Sending"): the same signed bytes are sent again until a verified block shows their fate, looked
 * up by transaction id first; only a transaction known to be dead is proposed anew, with a random pause, within a bound.
 */
export class Sender {
  readonly #ledger: LedgerClient;
  readonly #board: CommitBoard;
  readonly #find: (transactionId: string) => Promise<Commit | undefined>;
  readonly #pace: SendingPace;
  readonly #metrics: Pick<GatewayMetrics, 'committed'>;
  readonly #log: Logger;
  /** What the orderers said last of each transaction that no block has shown yet; undefined while they have not refused. */
  readonly #doubts = new Map<string, string | undefined>();

  constructor(parts: {
    ledger: LedgerClient;
    board: CommitBoard;
    /** Looks a transaction up in the index. */
    find: (transactionId: string) => Promise<Commit | undefined>;
    pace?: SendingPace;
    metrics: Pick<GatewayMetrics, 'committed'>;
    log: Logger;
  }) {
    this.#ledger = parts.ledger;
    this.#board = parts.board;
    this.#find = parts.find;
    this.#pace = parts.pace ?? DEFAULT_PACE;
    this.#metrics = parts.metrics;
    this.#log = parts.log;
  }

  /** Why transactions that were sent are not in a block yet; undefined while the orderers take them. */
  get trouble(): string | undefined {
    return [...this.#doubts.values()].findLast((doubt) => doubt !== undefined);
  }

  /** Proposes without sending. */
  endorse(command: string, json: string, identity: ActingIdentity, secret?: PrivatePart): Promise<Endorsed> {
    return this.#ledger.endorse(command, json, identity, secret);
  }

  /**
   * Proposes, sends and waits for the block. `isSettled` tells from the result that nothing needs to be written; `ahead` is
   * the MSP whose peer is known to have what the act rests on, so that others get time to come there, too.
   * Throws a Refusal: the rules' codes, `CONFLICT_PERSISTS`, `TRANSACTION_INVALID`, or `COMMIT_UNKNOWN` when the signal
   * aborts first.
   */
  async send(
    command: string,
    json: string,
    identity: ActingIdentity,
    options: {
      isSettled: (result: string) => boolean;
      signal: AbortSignal;
      secret?: PrivatePart;
      ahead?: string;
    },
  ): Promise<Sent> {
    const { ahead, signal } = options;
    const propose = () => this.endorse(command, json, identity, options.secret);
    for (let attempt = 1; ; attempt++) {
      const endorsed =
        ahead === undefined ? await propose() : await whilePeersCatchUp(propose, ahead, signal);
      const { result, transactionId } = endorsed;
      if (options.isSettled(result)) return { result, transactionId };
      const commit = await this.deliver(endorsed, signal);
      if (commit.code === VALID) return { result, transactionId, commit };
      this.refuseUnlessMendable(commit, attempt);
      await this.pause(attempt, signal);
    }
  }

  /** Throws what became of a dead transaction that only its own signer can propose anew. */
  refuseDead(commit: Commit): never {
    this.refuseUnlessMendable(commit, Infinity);
    throw new TypeError('a dead transaction was not refused');
  }

  /** Throws unless proposing the dead transaction anew is worth it. */
  refuseUnlessMendable(commit: Commit, attempt: number): void {
    const facts = {
      transactionId: commit.transactionId,
      details: { validationCode: commit.code, block: commit.block },
    };
    if (!MENDED_BY_PROPOSING.includes(commit.code)) {
      throw gatewayError(
        'TRANSACTION_INVALID',
        `block ${commit.block} holds the transaction as invalid (${commit.code})`,
        {
          ...facts,
          next: 'Nothing was written. Look at the validation code in the details, then send it again.',
        },
      );
    }
    if (attempt >= this.#pace.proposals) {
      throw gatewayError(
        'CONFLICT_PERSISTS',
        Number.isFinite(attempt)
          ? `others changed the same record ${attempt} times in a row`
          : 'others changed the same record first',
        {
          ...facts,
          retryable: true,
        },
      );
    }
  }

  /** A random pause before proposing again, so that those who collided once do not do so again. */
  async pause(attempt: number, signal: AbortSignal): Promise<void> {
    await sleep(Math.random() * this.#pace.jitter * 2 ** Math.min(attempt, 6), undefined, { signal });
  }

  /** Sends the bytes, again and again where needed, until a verified block holds them. */
  async deliver(transaction: SignedTransaction, signal: AbortSignal): Promise<Commit> {
    const { transactionId } = transaction;
    const began = performance.now();
    const expected = this.#board.expect(transactionId);
    this.#doubts.set(transactionId, undefined);
    try {
      for (
        let patience = this.#pace.resendFirst;
        ;
        patience = Math.min(patience * 2, this.#pace.resendMost)
      ) {
        const found = await this.#find(transactionId);
        if (found) return found;
        const commit = await this.#sendAndWait(transaction, expected.commit, patience, signal);
        if (commit) {
          this.#metrics.committed((performance.now() - began) / 1000);
          return commit;
        }
        if (signal.aborted) throw unknownFate(transactionId, this.#doubts.get(transactionId));
      }
    } finally {
      this.#doubts.delete(transactionId);
      expected.forget();
    }
  }

  /** Sends once; what is not a final refusal leaves the fate open. */
  async #broadcast(transaction: SignedTransaction): Promise<void> {
    const { transactionId } = transaction;
    try {
      await this.#ledger.broadcast(transaction);
      this.#doubt(transactionId, undefined);
    } catch (error) {
      if (error instanceof Refusal) throw error;
      const reason = wordsOfOrderers(error);
      this.#doubt(transactionId, reason);
      this.#log.warn({ transactionId, reason }, 'sending in doubt');
    }
  }

  /** An answer may come after the block: it counts no more then. */
  #doubt(transactionId: string, reason: string | undefined): void {
    if (this.#doubts.has(transactionId)) this.#doubts.set(transactionId, reason);
  }

  async #sendAndWait(
    transaction: SignedTransaction,
    commit: Promise<Commit>,
    patience: number,
    signal: AbortSignal,
  ): Promise<Commit | undefined> {
    const over = new AbortController();
    const stop = (): void => {
      over.abort();
    };
    signal.addEventListener('abort', stop, { once: true });
    const timeout = sleep(patience, undefined, { signal: over.signal }).catch(() => undefined);
    try {
      const sending = this.#broadcast(transaction);
      if (signal.aborted) return undefined;
      return await Promise.race([commit, sending.then(() => Promise.race([commit, timeout])), timeout]);
    } finally {
      signal.removeEventListener('abort', stop);
      over.abort();
    }
  }
}

function unknownFate(transactionId: string, doubt: string | undefined): Refusal {
  const why = doubt === undefined ? '' : `: ${doubt}`;
  return gatewayError(
    'COMMIT_UNKNOWN',
    `no verified block has shown transaction ${transactionId} yet${why}`,
    {
      transactionId,
      retryable: true,
    },
  );
}
