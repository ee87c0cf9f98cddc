import { percentile } from './statistics.js';

/** What asking the same again and again, one after the other, took. */
export interface Timed {
  /** Milliseconds. */
  readonly median: number;
  readonly p99: number;
  readonly asked: number;
}

/** Asks for `seconds`, at least `least` times. */
export async function timed(seconds: number, least: number, ask: () => Promise<unknown>): Promise<Timed> {
  const latencies: number[] = [];
  const deadline = performance.now() + seconds * 1000;
  while (latencies.length < least || performance.now() < deadline) {
    const sent = performance.now();
    await ask();
    latencies.push(performance.now() - sent);
  }
  return {
    median: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    asked: latencies.length,
  };
}
