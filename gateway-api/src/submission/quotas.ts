import { gatewayError } from '../errors.js';

/** Statements a minute; as many may come at once. */
export interface Quotas {
  readonly party: number;
  readonly device: number;
}

/** What is left of one quota, and when that was so. */
interface Bucket {
  readonly left: number;
  readonly at: number;
}

/** What is left of one quota, with whose it is: as `StatementQuotas` knows it. */
export type KeptBucket = Bucket & { readonly key: string };

/** Buckets are forgotten when there are so many: those that are full again first. */
const MOST_BUCKETS = 10_000;

const MINUTE = 60_000;

/** How many statements each party and each device may still send. A quota fills up steadily, and holds a minute's worth. */
export class StatementQuotas {
  readonly #quotas: Quotas;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  /** `kept` is what an earlier run has left; no clock that was set back since makes it less. */
  constructor(
    quotas: Quotas,
    {
      kept = [],
      now = Date.now,
    }: { readonly kept?: readonly KeptBucket[]; readonly now?: () => number } = {},
  ) {
    this.#quotas = quotas;
    this.#now = now;
    for (const { key, left, at } of kept) this.#buckets.set(key, { left, at: Math.min(at, now()) });
  }

  /** What is left of the quotas that may not be full again yet. */
  left(): readonly KeptBucket[] {
    const since = this.#now() - MINUTE;
    return [...this.#buckets].filter(([, { at }]) => at > since).map(([key, bucket]) => ({ key, ...bucket }));
  }

  /**
   * Charges a request's statements, of one party by so many devices, to all of the quotas or to none. Throws `QUOTA_EXCEEDED` with
   * `details.retryAfter` in seconds.
   */
  charge(party: string, kids: readonly string[]): void {
    const devices = new Map<string, number>();
    for (const kid of kids) devices.set(kid, (devices.get(kid) ?? 0) + 1);
    const charges = [
      { what: 'party', name: party, count: kids.length, most: this.#quotas.party },
      ...[...devices].map(([name, count]) => ({ what: 'device', name, count, most: this.#quotas.device })),
    ];
    const left = charges.map(({ what, name, count, most }) => {
      const rest = this.#left(`${what} ${name}`, most) - count;
      if (rest < 0) throw exceeded(what, name, most, Math.ceil((-rest * 60) / most));
      return rest;
    });
    for (const [i, { what, name }] of charges.entries()) this.#keep(`${what} ${name}`, left[i] ?? 0);
  }

  #left(key: string, most: number): number {
    const bucket = this.#buckets.get(key);
    if (!bucket) return most;
    return Math.min(most, bucket.left + ((this.#now() - bucket.at) * most) / MINUTE);
  }

  #keep(key: string, left: number): void {
    this.#buckets.delete(key);
    this.#buckets.set(key, { left, at: this.#now() });
    for (const [oldest, { at }] of this.#buckets) {
      // Whoever was silent for a minute has its whole quota again.
      if (this.#buckets.size <= MOST_BUCKETS || this.#now() - at < MINUTE) break;
      this.#buckets.delete(oldest);
    }
  }
}

function exceeded(what: string, name: string, most: number, seconds: number): Error {
  const retryAfter = Math.max(1, seconds);
  return gatewayError('QUOTA_EXCEEDED', `${what} ${name} may send ${String(most)} statements a minute`, {
    retryable: true,
    details: { quota: what, retryAfter },
    status: 429,
  });
}
