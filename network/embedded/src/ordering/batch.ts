/** Bounds of a block, from the channel configuration and SmartBFT's options. */
export interface BatchLimits {
  readonly maxCount: number;
  readonly maxBytes: number;
  /** How long the oldest request waits for company, in milliseconds. */
  readonly maxWaitMs: number;
}

/** One accepted envelope. */
export interface Request {
  readonly requestId: string;
  readonly envelope: Uint8Array;
  /** A configuration is ordered alone in its block (F:orderer/consensus/smartbft/assembler.go). */
  readonly isConfig: boolean;
  /** When it came, in milliseconds of any steady clock. */
  readonly since: number;
}

/**
 * How many of the oldest requests make the next block: as many as count and bytes allow, but at least one
 * (SmartBFT's request pool, NextRequests), and none together with a configuration.
 */
export function batchSize(requests: readonly Request[], limits: BatchLimits): number {
  let bytes = 0;
  let count = 0;
  for (const { envelope, isConfig } of requests) {
    bytes += envelope.length;
    if (count > 0 && (isConfig || count === limits.maxCount || bytes > limits.maxBytes)) break;
    count++;
    if (isConfig) break;
  }
  return count;
}

/** Milliseconds until a block must be cut: 0 as soon as it is full or its oldest request has waited long enough. */
export function waitBeforeCutting(requests: readonly Request[], limits: BatchLimits, now: number): number {
  const [oldest] = requests;
  if (oldest === undefined) return Infinity;
  const isFull = requests.length >= limits.maxCount || batchSize(requests, limits) < requests.length;
  return isFull ? 0 : Math.max(0, oldest.since + limits.maxWaitMs - now);
}
