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
