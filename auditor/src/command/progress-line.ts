import type { ReplayProgress } from '../replay-options.js';

/** Seconds between two lines where nobody watches a terminal. */
const SECONDS_BETWEEN_LINES = 5;
/** Seconds between two states of one terminal line. */
const SECONDS_BETWEEN_STATES = 0.2;

/** Where progress goes: standard error, in most cases. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/**
 * Says how far a replay has come, at what rate and for how long still: one line that changes on a terminal, a line every
 * few seconds elsewhere.
 */
export class ProgressLine {
  readonly #done: string;
  readonly #output: ProgressOutput;
  readonly #now: () => number;
  readonly #started: number;
  #last: number;

  /**
   * @param now gives seconds
   * @param done what is done with blocks
   */
  constructor(output: ProgressOutput, now: () => number, done = 'replayed') {
    this.#done = done;
    this.#output = output;
    this.#now = now;
    this.#started = now();
    this.#last = this.#started;
  }

  update(progress: ReplayProgress): void {
    const now = this.#now();
    const terminal = this.#output.isTTY === true;
    if (now - this.#last < (terminal ? SECONDS_BETWEEN_STATES : SECONDS_BETWEEN_LINES)) return;
    this.#last = now;
    const text = `${this.#done} ${describe(progress, now - this.#started)}`;
    this.#output.write(terminal ? `\r\x1b[K${text}` : `${text}\n`);
  }

  /** Clears the terminal line, so that the result stands alone. */
  end(): void {
    if (this.#output.isTTY === true) this.#output.write('\r\x1b[K');
  }
}

function describe({ blocks, transactions, done }: ReplayProgress, seconds: number): string {
  const rate = (transactions / seconds).toFixed(0);
  const percent = (100 * done).toFixed(0);
  const left = done > 0 ? `, about ${duration((seconds * (1 - done)) / done)} left` : '';
  return `${blocks} blocks, ${transactions} transactions (${percent} %), ${rate} transactions/s${left}`;
}

function duration(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}
