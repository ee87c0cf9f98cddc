import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

import { opensslVerifications } from '../../machine.js';
import { verifyNaively } from '../../naive-verifier.js';
import { blocksIn, type RecordedChain } from '../../recorded-blocks.js';
import type { Measurement } from '../../report.js';
import type { VerificationCost } from '../../verify-chain.js';
import { cost, inTurns, perProcessorSecond, perSecond, row, startOf, title } from './taken.js';

const LIMIT = fileURLToPath(new URL('../../verify-limit.js', import.meta.url));

/** Signatures a second that Node's own check takes, with keys that were imported before, in so many threads. */
function nodeVerifications(threads: number): number {
  return Number(execFileSync(process.execPath, [LIMIT, String(threads)], { encoding: 'utf8' }));
}

/** Level ledger beside the naive verifier and beside OpenSSL's own benchmark, all in the same rounds. */
export function measureLedgerLevel(chain: RecordedChain, rounds: number): Measurement[] {
  const { signatures } = verifyNaively(blocksIn(chain.file));
  const cores = availableParallelism();
  const taken = inTurns(rounds, {
    together: () => cost(chain, { threads: cores }),
    naive: () => cost(chain, { level: 'naive' }),
    alone: () => cost(chain, {}),
    opensslTogether: () => opensslVerifications(cores) ?? Number.NaN,
    openssl: () => opensslVerifications() ?? Number.NaN,
    node: () => nodeVerifications(cores),
  });
  const { together, naive, alone, opensslTogether, openssl, node } = taken;
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
      ],
      notes: [
        startOf(together, naive),
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
          `transactions, ${String(cores)} threads beside one`,
          '1/s',
          together.map(perSecond),
          alone.map(perSecond),
          ...(cores === 2 ? [{ atLeast: 1.8 }] : []),
        ),
        row(
          `transactions in a second of processor time, ${String(cores)} threads beside one`,
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
