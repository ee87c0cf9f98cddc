import { gatewayError } from '../errors.js';

/** Lets so many requests through in a second, and some more at once. */
export class RateLimit {
  readonly #perMillisecond: number;
  readonly #burst: number;
  readonly #now: () => number;
  #left: number;
  #at: number;

  /** `now` in milliseconds, of a clock that never goes back. */
  constructor(
    { perSecond, burst }: { readonly perSecond: number; readonly burst: number },
    now = (): number => performance.now(),
  ) {
    this.#perMillisecond = perSecond / 1000;
    this.#burst = burst;
    this.#now = now;
    this.#left = burst;
    this.#at = now();
  }

  /** Throws `OVERLOADED` when too many have come. */
  take(): void {
    const now = this.#now();
    this.#left = Math.min(this.#burst, this.#left + (now - this.#at) * this.#perMillisecond);
    this.#at = now;
    if (this.#left >= 1) {
      this.#left--;
      return;
    }
    throw gatewayError('OVERLOADED', 'too many requests for evidence', {
      retryable: true,
      status: 429,
      details: { retryAfter: 1 },
    });
  }
}
