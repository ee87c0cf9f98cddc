import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

import { readBlock } from '@passage/ledger';

import { opensslVerifications } from '../../machine.js';
import { blocksIn, type RecordedChain } from '../../recorded-blocks.js';
import type { Measurement } from '../../report.js';
import { signaturesIn } from '../../signature-count.js';
import { spread } from '../../statistics.js';
import type { VerificationCost } from '../../verify-chain.js';
import { cost, costOnOneCore, inTurns, perProcessorSecond, perSecond, row, startOf, title } from './taken.js';

const LIMIT = fileURLToPath(new URL('../../verify-limit.js', import.meta.url));

/** Signatures a second that Node's own check takes, with keys that were imported before, in so many threads. */
function nodeVerifications(threads: number): number {
  return Number(execFileSync(process.execPath, [LIMIT, String(threads)], { encoding: 'utf8' }));
}

function signaturesOf({ file }: RecordedChain): number {
  let count = 0;
  for (const bytes of blocksIn(file)) count += signaturesIn(readBlock(bytes));
  return count;
}

/**
 * How much longer each run of the part took than its share of the whole chain would take: loading what is loaded late, compiling, threads,
 * tables. Both are linear, so the rest is what has to be done once.
 */
function startOfEach(
  part: RecordedChain,
  ofPart: readonly VerificationCost[],
  whole: RecordedChain,
  ofWhole: readonly VerificationCost[],
): number[] {
  const { transactions } = part;
  return ofPart.map(({ seconds }, round) => {
    const further = (ofWhole[round]?.seconds ?? Number.NaN) - seconds;
    return seconds - (further * transactions) / (whole.transactions - transactions);
  });
}

/**
 * Level ledger beside the naive verifier and beside OpenSSL's own benchmark, all in the same rounds, over the whole chain; and over the
 * first part of it, to say what starting takes.
 */
export function measureLedgerLevel(chain: RecordedChain, part: RecordedChain, rounds: number): Measurement[] {
  const signatures = signaturesOf(chain);
  const cores = availableParallelism();
  const taken = inTurns(rounds, {
    together: () => cost(chain, { threads: cores }),
    naive: () => cost(chain, { level: 'naive' }),
    alone: () => costOnOneCore(chain),
    partTogether: () => cost(part, { threads: cores }),
    partNaive: () => cost(part, { level: 'naive' }),
    partAlone: () => costOnOneCore(part),
    opensslTogether: () => opensslVerifications(cores) ?? Number.NaN,
    openssl: () => opensslVerifications() ?? Number.NaN,
    node: () => nodeVerifications(cores),
  });
  const { together, naive, alone, opensslTogether, openssl, node } = taken;
  const { partTogether, partNaive, partAlone } = taken;
  const alike = [...together, ...naive, ...alone].every((one) => one.transactions === chain.transactions);
  if (!alike) throw new Error('the two verifiers do not take the same transactions for good: no figure');
  const verified = (costs: readonly VerificationCost[], rate: typeof perSecond): number[] =>
    costs.map((one) => (rate(one) * signatures) / chain.transactions);
  return [
    {
      title: title('Replay, level ledger', chain),
      ours: 'passage replay',
      theirs: 'naive verifier',
      rows: [
        row('transactions, on all cores', '1/s', together.map(perSecond), naive.map(perSecond), {
          atLeast: 5,
        }),
        row(
          'transactions in a second of processor time, one thread',
          '1/s',
          alone.map(perProcessorSecond),
          naive.map(perProcessorSecond),
        ),
        row(
          `transactions, on all cores, where there are ${String(part.transactions)}`,
          '1/s',
          partTogether.map(perSecond),
          partNaive.map(perSecond),
        ),
        {
          what: 'starting, on all cores',
          unit: 's',
          ours: spread(startOfEach(part, partTogether, chain, together)),
          theirs: spread(startOfEach(part, partNaive, chain, naive)),
        },
      ],
      notes: [
        startOf(together, naive),
        `starting is what ${String(part.transactions)} transactions take beyond their share of the whole; it counts in every other row`,
        'the naive verifier has one thread; it checks hashes, links and signatures; no policy, no version, no state',
      ],
    },
    {
      title: title(`Replay, level ledger, with ${String(signatures)} signatures`, chain),
      ours: 'passage replay, every check',
      theirs: 'comparator',
      rows: [
        row(`Node's check alone, openssl speed -multi ${String(cores)}`, '1/s', node, opensslTogether),
        row(
          `signatures, openssl speed -multi ${String(cores)}`,
          '1/s',
          verified(together, perSecond),
          opensslTogether,
          { atLeast: 0.7 },
        ),
        row(
          'signatures in a second of processor time, one thread; openssl speed',
          '1/s',
          verified(alone, perProcessorSecond),
          openssl,
        ),
        row(
          `transactions, ${String(cores)} cores beside one`,
          '1/s',
          together.map(perSecond),
          alone.map(perSecond),
          ...(cores === 2 ? [{ atLeast: 1.8 }] : []),
        ),
        row(
          `transactions, ${String(cores)} cores beside one, where there are ${String(part.transactions)}`,
          '1/s',
          partTogether.map(perSecond),
          partAlone.map(perSecond),
        ),
        row(
          `transactions in a second of processor time, ${String(cores)} cores beside one`,
          '1/s',
          together.map(perProcessorSecond),
          alone.map(perProcessorSecond),
        ),
      ],
      notes: [
        startOf(together),
        'what OpenSSL is not asked to do: reading, hashing, policies, versions, state',
        "Node's check alone: crypto.verify with imported keys in as many threads",
      ],
    },
  ];
}
