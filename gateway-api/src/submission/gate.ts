import { gatewayError } from '../errors.js';

/** At most `width` tasks at once; up to `room` more may wait in line, beyond that they are refused as OVERLOADED. */
export class Gate {
  readonly #width: number;
  readonly #room: number;
  readonly #line: (() => void)[] = [];
  #inside = 0;

  constructor(width: number, room = Number.POSITIVE_INFINITY) {
    this.#width = width;
    this.#room = room;
  }

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#inside >= this.#width) {
      if (this.#line.length >= this.#room) throw overloaded('too many requests are being carried out', 1);
      await new Promise<void>((enter) => this.#line.push(enter));
    } else {
      this.#inside++;
    }
    try {
      return await task();
    } finally {
      const next = this.#line.shift();
      if (next) next();
      else this.#inside--;
    }
  }
}

/** Back-pressure: a clear refusal with the time to come back. */
export function overloaded(reason: string, retryAfterSeconds: number): Error {
  return gatewayError('OVERLOADED', `this gateway is busy: ${reason}`, {
    next: `Send it again in ${String(retryAfterSeconds)} s.`,
    retryable: true,
    details: { retryAfter: retryAfterSeconds },
    status: 503,
  });
}
