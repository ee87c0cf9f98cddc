import { copyFileSync } from 'node:fs';
import { join } from 'node:path';

import type { RecordedChain } from '../../recorded-blocks.js';
import type { Goal, Measurement, Row } from '../../report.js';
import { ratiosTo, spread } from '../../statistics.js';
import type { VerificationCost } from '../../verify-chain.js';
import { cost, perProcessorSecond, startOf, title } from './taken.js';

/** What counts as flat: garbage that nobody has collected yet is most of what differs. */
const FLAT = 1.5;
/** What counts as linear, from a tenth of the length to the whole. */
const LINEAR = 1.1;

const milliseconds = (taken: VerificationCost): number => 1000 / perProcessorSecond(taken);
const megabytes = (taken: VerificationCost): number => taken.megabytes;

/** Memory and time as the chain grows, in so many threads. */
export function measureGrowth(chains: readonly RecordedChain[], threads: 1 | 2, rounds: number): Measurement {
  const costs = chains.map((chain) => ({
    chain,
    taken: Array.from({ length: rounds }, () => cost(chain, { threads })),
  }));
  const [least, middle, longest] = costs;
  if (least === undefined || middle === undefined || longest === undefined) throw new Error('no chains');
  const rowsOf = (
    what: string,
    unit: string,
    figure: (taken: VerificationCost) => number,
    base: typeof least,
    goal: Omit<Goal, 'of'>,
  ): Row[] =>
    costs.map(({ chain, taken }) => {
      const to = spread(base.taken.map(figure));
      return {
        what: `${what}, ${String(chain.transactions)} transactions`,
        unit,
        ours: spread(taken.map(figure)),
        theirs: to,
        ratio: ratiosTo(taken.map(figure), to),
        ...(chain === longest.chain && { goal: { of: 'ratio', ...goal } }),
      };
    });
  return {
    title: `Replay of longer chains, level ledger, ${threads === 1 ? 'one thread' : 'two threads'}`,
    ours: 'this length',
    theirs: 'shortest (memory), a tenth (time)',
    rows: [
      ...rowsOf('most resident memory', 'MB', megabytes, least, { atMost: FLAT }),
      ...rowsOf('processor time', 'ms/transaction', milliseconds, middle, { atMost: LINEAR }),
    ],
    notes: [
      startOf(...costs.map(({ taken }) => taken)),
      'the chain writes the same 4000 keys again and again; the ids of its transactions have to be kept, some 0.1 kB each',
      'memory is the most that the whole process had, the program itself (some 90 MB) and garbage with it; the shortest chain gets no second thread',
    ],
  };
}

/** A run that goes on where the last one ended, beside one from block 0. */
export function measureGoingOn(chain: RecordedChain, before: RecordedChain, folder: string): Measurement {
  const state = join(folder, 'state');
  const copy = join(folder, 'growing.bin');
  copyFileSync(before.file, copy);
  const growing = { ...chain, file: copy };
  cost({ ...before, file: copy }, { threads: 2, state });
  copyFileSync(chain.file, copy);
  const onward = cost(growing, { threads: 2, state });
  const nothingNew = cost(growing, { threads: 2, state });
  const whole = cost(growing, { threads: 2 });
  const added = chain.transactions - before.transactions;
  const share = added / chain.transactions;
  const seconds = (what: string, taken: VerificationCost, atMost: number): Row => ({
    what,
    unit: 's',
    ours: spread([taken.processorSeconds]),
    theirs: spread([whole.processorSeconds]),
    ratio: ratiosTo([taken.processorSeconds], spread([whole.processorSeconds])),
    goal: { of: 'ratio', atMost: Math.round(atMost * 100) / 100 },
  });
  return {
    title: title('Going on from a saved state', chain),
    ours: 'processor time',
    theirs: 'from block 0',
    rows: [
      seconds(`with ${String(added)} new transactions`, onward, share + 0.1),
      seconds('with none', nothingNew, 0.1),
    ],
    notes: [
      'the saved state is read and hashed each time, so its keys and transaction ids cost something, too: a tenth is left for that',
    ],
  };
}
