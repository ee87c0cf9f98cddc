import { SeekBehavior, specifiedNumber } from '../proto/seek.js';
import type { SeekInfo, SeekPosition } from '../proto/seek.js';
import { Status } from '../proto/status.js';

/** Which blocks a client asked for, both ends included; `last` may lie in the future or be Infinity. */
export interface SeekRange {
  readonly first: number;
  readonly last: number;
  /** Whether to wait for blocks that are not there yet. */
  readonly waits: boolean;
}

/**
 * Works out the blocks that a SeekInfo means on a chain of this height (F:common/deliver/deliver.go, deliverBlocks;
 * F:common/ledger/blockledger/fileledger/impl.go, Iterator).
 *
 * @returns the range, or the common.Status that refuses it
 */
export function seekRange({ start, stop, behavior }: SeekInfo, height: number): SeekRange | number {
  if (start === undefined || stop === undefined) return Status.BAD_REQUEST;
  const first = firstBlock(start, height);
  if (first === undefined) return Status.NOT_FOUND;
  const last = lastBlock(stop, first, start.newest !== undefined, height);
  if (last < first && stop.specified !== undefined) return Status.BAD_REQUEST;
  return { first, last, waits: behavior !== SeekBehavior.FAIL_IF_NOT_READY };
}

/** The next block that will be committed may be asked for; one further ahead may not. */
function firstBlock(start: SeekPosition, height: number): number | undefined {
  if (start.oldest !== undefined) return 0;
  if (start.newest !== undefined) return height - 1;
  if (start.nextCommit !== undefined) return height;
  if (start.specified === undefined) return undefined;
  const number = specifiedNumber(start.specified);
  return number > height ? undefined : number;
}

/** "Newest" is settled when it is asked: blocks that come later are not part of it. */
function lastBlock(stop: SeekPosition, first: number, startsNewest: boolean, height: number): number {
  if (stop.oldest !== undefined) return first;
  if (stop.newest !== undefined) return startsNewest ? first : height - 1;
  if (stop.specified !== undefined) return specifiedNumber(stop.specified);
  return Infinity;
}
