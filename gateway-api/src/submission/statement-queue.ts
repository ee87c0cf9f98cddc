import type { PartyInRole } from '../enrolment/identities.js';
import type { WaitingStatement } from './outbox.js';

/** When a transaction's worth of statements is complete. */
export interface BatchLimits {
  readonly count: number;
  readonly bytes: number;
  readonly ms: number;
}

interface Lane {
  readonly who: PartyInRole;
  readonly statements: WaitingStatement[];
  timer: NodeJS.Timeout | undefined;
}

/** Hands over one batch; a rejection would be a fault of ours. */
export type BatchReady = (who: PartyInRole, statements: readonly WaitingStatement[]) => void;

/**
 * Groups statements into batches, one lane for each submitting party: a batch is ready when it is full by count or
 * bytes, or when its first statement has waited long enough.
 */
export class StatementQueue {
  readonly #limits: BatchLimits;
  readonly #ready: BatchReady;
  readonly #lanes = new Map<string, Lane>();

  constructor(limits: BatchLimits, ready: BatchReady) {
    this.#limits = limits;
    this.#ready = ready;
  }

  add(who: PartyInRole, statements: readonly WaitingStatement[]): void {
    const name = `${who.party}.${who.role}`;
    const lane = this.#lanes.get(name) ?? { who, statements: [], timer: undefined };
    this.#lanes.set(name, lane);
    lane.statements.push(...statements);
    for (let size = this.#fullBatch(lane); size > 0; size = this.#fullBatch(lane)) this.#take(lane, size);
    if (lane.statements.length > 0) {
      lane.timer ??= setTimeout(() => {
        this.#take(lane, lane.statements.length);
      }, this.#limits.ms);
    } else {
      this.#lanes.delete(name);
    }
  }

  /** Stops the clocks; what waits here waits in the outbox as well. */
  stop(): void {
    for (const lane of this.#lanes.values()) clearTimeout(lane.timer);
    this.#lanes.clear();
  }

  /** How many statements fill a batch, or 0 while there are too few. */
  #fullBatch(lane: Lane): number {
    let bytes = 0;
    for (const [index, statement] of lane.statements.entries()) {
      bytes += statement.jws.length;
      if (bytes > this.#limits.bytes && index > 0) return index;
      if (index + 1 === this.#limits.count) return this.#limits.count;
    }
    return 0;
  }

  #take(lane: Lane, size: number): void {
    clearTimeout(lane.timer);
    lane.timer = undefined;
    this.#ready(lane.who, lane.statements.splice(0, size));
  }
}
