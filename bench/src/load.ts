import { setTimeout as sleep } from 'node:timers/promises';

import { percentile } from './statistics.js';

/** What a closed loop of clients did: each sends its next request when the last one is committed. */
export interface LoadResult {
  /** Requests that were committed. */
  readonly done: number;
  readonly seconds: number;
  readonly perSecond: number;
  /** Milliseconds from sending to committed. */
  readonly median: number;
  readonly p95: number;
}

/**
 * Keeps `clients` requests in flight for `seconds`, then waits for the last ones. A request that fails ends the
 * measurement: what was not committed is no figure.
 */
export async function closedLoop(
  clients: number,
  seconds: number,
  request: () => Promise<unknown>,
): Promise<LoadResult> {
  const began = performance.now();
  const deadline = began + seconds * 1000;
  const latencies: number[] = [];
  const client = async (): Promise<void> => {
    while (performance.now() < deadline) {
      const sent = performance.now();
      await request();
      latencies.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const elapsed = (performance.now() - began) / 1000;
  return {
    done: latencies.length,
    seconds: elapsed,
    perSecond: latencies.length / elapsed,
    median: percentile(latencies, 0.5),
    p95: percentile(latencies, 0.95),
  };
}

/** Works through the parts, `clients` at a time; the first failure ends it. */
export async function inTurn<T>(
  parts: readonly T[],
  clients: number,
  work: (part: T) => Promise<void>,
): Promise<void> {
  const rest = parts.values();
  const client = async (): Promise<void> => {
    for (const part of rest) await work(part);
  };
  await Promise.all(Array.from({ length: clients }, client));
}

/**
 * Sends `perSecond` requests a second, each at its time whatever became of those before it, until `stopped` says so; then waits for
 * the last ones. The first failure ends it.
 */
export async function openLoop(
  perSecond: number,
  stopped: () => boolean,
  request: () => Promise<unknown>,
): Promise<void> {
  const began = performance.now();
  const flying = new Set<Promise<unknown>>();
  let failed: unknown;
  for (let sent = 0; !stopped() && failed === undefined; sent++) {
    const due = began + (sent * 1000) / perSecond;
    await sleep(Math.max(0, due - performance.now()));
    const one = request().catch((error: unknown) => (failed = error));
    flying.add(one);
    void one.finally(() => flying.delete(one));
  }
  await Promise.all(flying);
  if (failed !== undefined) throw failed instanceof Error ? failed : new Error('a request failed');
}
