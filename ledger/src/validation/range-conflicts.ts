import { equalBytes } from '../codec/index.js';
import { RangeResults } from '../rwset/index.js';
import { sameVersion } from '../state/index.js';
import type { ChaincodeSet, MerkleSummary, RangeQuery, Read } from '../rwset/index.js';
import type { PendingUpdates } from './pending-updates.js';

/**
 * The first range whose results would be others now, keys and versions, with the writes of the block's earlier valid
 * transactions (Fabric: core/ledger/kvledger/txmgmt/validation/rangequery_validator.go). Undefined if all hold.
 */
export function findRangeConflict(set: ChaincodeSet, pending: PendingUpdates): string | undefined {
  const changed = set.ranges.find((range) => !holds(range, resultsNow(set.namespace, range, pending)));
  return changed && `${set.namespace} ${JSON.stringify([changed.start, changed.end])}: the range changed`;
}

/** The range again. A simulation that stopped early recorded its last key as end, which then belongs to the results. */
function* resultsNow(namespace: string, range: RangeQuery, pending: PendingUpdates): Generator<Read> {
  for (const [key, version] of pending.range(namespace, range.start, range.end)) yield { key, version };
  const last = range.exhausted ? undefined : pending.latest(namespace, range.end);
  if (last !== undefined) yield { key: range.end, version: last.version };
}

function holds(range: RangeQuery, results: Iterable<Read>): boolean {
  return range.summary === undefined ? sameReads(range.reads, results) : sameSummary(range.summary, results);
}

function sameReads(expected: readonly Read[], results: Iterable<Read>): boolean {
  let index = 0;
  for (const result of results) {
    const read = expected[index++];
    if (read?.key !== result.key || !sameVersion(read.version, result.version)) return false;
  }
  return index === expected.length;
}

function sameSummary(expected: MerkleSummary, results: Iterable<Read>): boolean {
  // A degree that no tree can have makes a peer stop; here it only fails its own transaction.
  if (expected.maxDegree < 2) return false;
  const collected = new RangeResults(expected.maxDegree);
  for (const result of results) collected.add(result);
  const { summary } = collected.finish();
  return (
    summary?.maxLevel === expected.maxLevel &&
    summary.hashes.length === expected.hashes.length &&
    summary.hashes.every((hash, index) => equalBytes(hash, expected.hashes[index] ?? new Uint8Array()))
  );
}
