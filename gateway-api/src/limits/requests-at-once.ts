import type { ExecutionResult } from 'graphql';

import type { Caller } from '../auth/caller.js';
import { gatewayError } from '../errors.js';
import { toGraphQLError } from '../schema/graphql-errors.js';

/** Seconds after which a caller with too many requests may come back. */
const COME_BACK = 1;

/** Carries out at most so many requests of one caller at once. */
export class RequestsAtOnce {
  readonly #most: number;
  readonly #atOnce = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /** What the work answers, or `TOO_MANY_REQUESTS`. */
  async of(
    caller: Caller | undefined,
    work: () => Promise<ExecutionResult> | ExecutionResult,
  ): Promise<ExecutionResult> {
    const who = JSON.stringify([caller?.subject, caller?.org, caller?.party, caller?.role]);
    const before = this.#atOnce.get(who) ?? 0;
    if (before >= this.#most) return { errors: [toGraphQLError(tooMany(before))] };
    this.#atOnce.set(who, before + 1);
    try {
      return await work();
    } finally {
      const after = (this.#atOnce.get(who) ?? 1) - 1;
      if (after === 0) this.#atOnce.delete(who);
      else this.#atOnce.set(who, after);
    }
  }
}

function tooMany(requests: number): ReturnType<typeof gatewayError> {
  return gatewayError(
    'TOO_MANY_REQUESTS',
    `${String(requests)} requests of this caller are being carried out`,
    {
      retryable: true,
      details: { retryAfter: COME_BACK },
      status: 429,
    },
  );
}
