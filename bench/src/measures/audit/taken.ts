import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import type { RecordedChain } from '../../recorded-blocks.js';
import type { Goal, Row } from '../../report.js';
import { ratios, spread } from '../../statistics.js';
import type { Verification, VerificationCost } from '../../verify-chain.js';

const PROGRAM = fileURLToPath(new URL('../../verify-chain.js', import.meta.url));

/** What it costs to verify a chain, by a process of its own. */
export function cost(chain: RecordedChain, how: Partial<Verification>): VerificationCost {
  return costOf(process.execPath, [PROGRAM, asked(chain, how)]);
}

/**
 * The same in one thread that has one core: on two, the engine compiles and collects garbage on the one that the thread leaves free.
 * By taskset of util-linux.
 */
export function costOnOneCore(chain: RecordedChain): VerificationCost {
  return costOf('taskset', ['--cpu-list', '0', process.execPath, PROGRAM, asked(chain, {})]);
}

function asked({ file, genesisHash }: RecordedChain, how: Partial<Verification>): string {
  return JSON.stringify({ file, genesisHash, level: 'ledger', threads: 1, ...how } satisfies Verification);
}

function costOf(program: string, args: readonly string[]): VerificationCost {
  return JSON.parse(execFileSync(program, args, { encoding: 'utf8' })) as VerificationCost;
}

export const perProcessorSecond = ({ transactions, processorSeconds }: VerificationCost): number =>
  transactions / processorSeconds;
export const perSecond = ({ transactions, seconds }: VerificationCost): number => transactions / seconds;

/** What each of several sides takes, in turns: in every other round the other way round. */
export function inTurns<Sides extends Readonly<Record<string, () => unknown>>>(
  rounds: number,
  sides: Sides,
): { readonly [Side in keyof Sides]: ReturnType<Sides[Side]>[] } {
  const names = Object.keys(sides);
  const taken: Record<string, unknown[]> = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const name of round % 2 === 0 ? names : names.toReversed()) taken[name]?.push(sides[name]?.());
  return taken as { readonly [Side in keyof Sides]: ReturnType<Sides[Side]>[] };
}

/** One figure beside its comparator's, round by round. */
export function row(
  what: string,
  unit: string,
  ours: readonly number[],
  theirs: readonly number[],
  goal?: Omit<Goal, 'of'>,
): Row {
  return {
    what,
    unit,
    ours: spread(ours),
    theirs: spread(theirs),
    ratio: ratios(ours, theirs),
    ...(goal && { goal: { of: 'ratio', ...goal } }),
  };
}

/** What the figures do not hold. */
export function startOf(...costs: readonly (readonly VerificationCost[])[]): string {
  const medians = costs.map((taken) => spread(taken.map(({ startSeconds }) => startSeconds)).median);
  const seconds = medians.map((median) => median.toFixed(2)).join(' and ');
  return `loading the program is left out on both sides: ${seconds} s of processor time`;
}

export function title(what: string, { transactions, blocks }: RecordedChain): string {
  return `${what}: ${String(transactions)} transactions in ${String(blocks)} blocks`;
}
