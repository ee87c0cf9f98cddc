import { createHash } from 'node:crypto';
import type { Openings } from '../rerun/openings.js';

/** What was given to a run though transactions that would have needed it were judged before, without it. */
export interface GivenLate {
  /** SHA-256 of packages. */
  readonly packages: readonly string[];
  /** Ids of transactions whose inputs were opened. */
  readonly openings: readonly string[];
}

/** What was given to a run. */
export interface Given {
  /** SHA-256 of the packages, ascending. */
  readonly packages: readonly string[];
  /** What was opened: transaction id, a blank, and the SHA-256 of its inputs; ascending. */
  readonly openings: readonly string[];
}

/** Each opened transaction with the SHA-256 of its inputs, so that a saved state holds none of them. */
export function openingHashes(openings: Openings): readonly string[] {
  return [...openings]
    .map(([txId, inputs]) => {
      const named = [...inputs].map(([name, value]) => [name, Buffer.from(value).toString('base64')]);
      return `${txId} ${createHash('sha256').update(JSON.stringify(named.sort())).digest('hex')}`;
    })
    .sort();
}

/** What was given to the run before and is not now, in words: with it blocks were judged that would not be judged so again. */
export function missing(before: Given, now: Given): readonly string[] {
  const packages = without(before.packages, now.packages);
  const openings = without(before.openings, now.openings).map(transactionOf);
  return [
    ...packages.map((sha256) => `the package with SHA-256 ${sha256} was given before, and is not now`),
    ...openings.map(
      (txId) => `other inputs of transaction ${txId} were given before, or it is not opened now`,
    ),
  ];
}

/** @param isJudged whether a transaction stands in a block that was judged before */
export function givenLate(
  before: Given,
  now: Given,
  isJudged: (txId: string) => boolean,
): GivenLate | undefined {
  const packages = without(now.packages, before.packages);
  const openings = without(now.openings, before.openings).map(transactionOf).filter(isJudged);
  return packages.length + openings.length === 0 ? undefined : { packages, openings };
}

function without(all: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others);
  return all.filter((one) => !known.has(one));
}

function transactionOf(opening: string): string {
  return opening.split(' ')[0] ?? opening;
}
