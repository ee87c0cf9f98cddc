import { messageOf } from '../errors.js';
import type { Logger } from '../log.js';
import type { AccessLog } from './access-log.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Removes access records that were kept for long enough: when it starts, and every hour. */
export class AccessRetention {
  readonly #access: Pick<AccessLog, 'forget'>;
  readonly #days: number;
  readonly #log: Logger;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(access: Pick<AccessLog, 'forget'>, days: number, log: Logger) {
    this.#access = access;
    this.#days = days;
    this.#log = log;
  }

  start(): void {
    this.#look();
    this.#timer = setInterval(() => {
      this.#look();
    }, HOUR_MS).unref();
  }

  /** Waits for what is being removed. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  #look(): void {
    this.#running = this.#running.then(async () => {
      try {
        const count = await this.#access.forget(new Date(Date.now() - this.#days * DAY_MS));
        if (count > 0) this.#log.info({ count, days: this.#days }, 'old access records were removed');
      } catch (error) {
        this.#log.error({ reason: messageOf(error) }, 'old access records cannot be removed');
      }
    });
  }
}
