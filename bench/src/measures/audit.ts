import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { opensslHashed, opensslVerifications } from '../machine.js';
import { verifyNaively } from '../naive-verifier.js';
import { BATCHES, blocksIn, type RecordedChain, writeChains } from '../recorded-blocks.js';
import type { Measurement, Row } from '../report.js';
import { ratios, ratiosTo, spread } from '../statistics.js';
import type { Verification, VerificationCost } from '../verify-chain.js';

const PROGRAM = fileURLToPath(new URL('../verify-chain.js', import.meta.url));
const LIMIT = fileURLToPath(new URL('../verify-limit.js', import.meta.url));

/** Some 250 MB: more would take long to make. */
const BATCH_TRANSACTIONS = 2500;

type How = Partial<Verification>;

function cost({ file, genesisHash }: RecordedChain, how: How): VerificationCost {
  const asked: Verification = { file, genesisHash, level: 'ledger', threads: 1, ...how };
  return JSON.parse(
    execFileSync(process.execPath, [PROGRAM, JSON.stringify(asked)], { encoding: 'utf8' }),
  ) as VerificationCost;
}

/** Signatures a second that Node's own check takes, with keys that were imported before, in so many threads. */
function nodeVerifications(threads: number): number {
  return Number(execFileSync(process.execPath, [LIMIT, String(threads)], { encoding: 'utf8' }));
}

const perProcessorSecond = ({ transactions, processorSeconds }: VerificationCost): number =>
  transactions / processorSeconds;
const perSecond = ({ transactions, seconds }: VerificationCost): number => transactions / seconds;

/** Both sides in each round, the other one first each time. */
function inTurns<A, B>(
  rounds: number,
  ours: () => A,
  theirs: () => B,
): { readonly ours: A[]; readonly theirs: B[] } {
  const taken: { ours: A[]; theirs: B[] } = { ours: [], theirs: [] };
  for (let round = 0; round < rounds; round++) {
    const turns = [() => taken.ours.push(ours()), () => taken.theirs.push(theirs())];
    for (const turn of round % 2 === 0 ? turns : turns.reverse()) turn();
  }
  return taken;
}

function row(
  what: string,
  unit: string,
  ours: readonly number[],
  theirs: readonly number[],
  atLeast?: number,
): Row {
  return {
    what,
    unit,
    ours: spread(ours),
    theirs: spread(theirs),
    ratio: ratios(ours, theirs),
    ...(atLeast !== undefined && { goal: { of: 'ratio', atLeast } }),
  };
}

/** Replay of generated chains of plain writes, each with two endorsements: no network, and no statements of devices. */
export async function* measureAudit(rounds: number, transactions: number): AsyncGenerator<Measurement> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-audit-'));
  try {
    const lengths = [transactions / 100, transactions / 10, transactions].map(Math.ceil);
    const chains = writeChains(lengths, (length) => join(folder, `${String(length)}.bin`));
    const [small, middle, large] = chains;
    if (small === undefined || middle === undefined || large === undefined) throw new Error('no chains');
    yield besideNaive(middle, rounds);
    yield besideOpenssl(middle, rounds);
    const [batches] = writeChains([BATCH_TRANSACTIONS], () => join(folder, 'batches.bin'), BATCHES);
    if (batches) yield hashing(batches, rounds);
    yield hashing(large, rounds);
    yield await Promise.resolve(growth(chains));
    yield resumed(middle, small, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the figures do not hold. */
function startOf(...costs: readonly (readonly VerificationCost[])[]): string {
  const medians = costs.map((taken) => spread(taken.map(({ startSeconds }) => startSeconds)).median);
  const seconds = medians.map((median) => median.toFixed(2)).join(' and ');
  return `loading the program is left out on both sides: ${seconds} s of processor time`;
}

function title(what: string, { transactions, blocks }: RecordedChain): string {
  return `${what}: ${String(transactions)} transactions in ${String(blocks)} blocks`;
}

function besideNaive(chain: RecordedChain, rounds: number): Measurement {
  const naive = (): VerificationCost => cost(chain, { level: 'naive' });
  const taken = inTurns(rounds, () => cost(chain, {}), naive);
  const together = inTurns(rounds, () => cost(chain, { threads: availableParallelism() }), naive);
  const alike = [taken, together]
    .flatMap(({ ours, theirs }) => [...ours, ...theirs])
    .every((one) => one.transactions === chain.transactions);
  if (!alike) throw new Error('the two verifiers do not take the same transactions for good: no figure');
  return {
    title: title('Replay, level ledger', chain),
    ours: 'passage replay',
    theirs: 'naive verifier',
    rows: [
      row(
        'transactions, on all cores',
        '1/s',
        together.ours.map(perSecond),
        together.theirs.map(perSecond),
        5,
      ),
      row(
        'transactions in a second of processor time, one thread',
        '1/s',
        taken.ours.map(perProcessorSecond),
        taken.theirs.map(perProcessorSecond),
      ),
    ],
    notes: [
      startOf(taken.ours, taken.theirs),
      'the naive verifier has one thread; it checks hashes, links and signatures; no policy, no version, no state',
    ],
  };
}

function besideOpenssl(chain: RecordedChain, rounds: number): Measurement {
  const { signatures } = verifyNaively(blocksIn(chain.file));
  const perTransaction = signatures / chain.transactions;
  const cores = availableParallelism();
  const verified = (costs: readonly number[]): number[] => costs.map((value) => value * perTransaction);
  const wall = inTurns(
    rounds,
    () => cost(chain, { threads: cores }),
    () => opensslVerifications(cores) ?? Number.NaN,
  );
  const processor = inTurns(
    rounds,
    () => cost(chain, { threads: cores }),
    () => opensslVerifications() ?? Number.NaN,
  );
  const limit = inTurns(
    rounds,
    () => nodeVerifications(cores),
    () => opensslVerifications(cores) ?? Number.NaN,
  );
  const threads = inTurns(
    rounds,
    () => cost(chain, { threads: 2 }),
    () => cost(chain, { threads: 1 }),
  );
  return {
    title: title(`Replay, level ledger, with ${String(signatures)} signatures`, chain),
    ours: 'passage replay, every check',
    theirs: 'comparator',
    rows: [
      row(`Node's check alone, openssl speed -multi ${String(cores)}`, '1/s', limit.ours, limit.theirs),
      row(
        `signatures, openssl speed -multi ${String(cores)}`,
        '1/s',
        verified(wall.ours.map(perSecond)),
        wall.theirs,
        0.7,
      ),
      row(
        'signatures in a second of processor time, openssl speed',
        '1/s',
        verified(processor.ours.map(perProcessorSecond)),
        processor.theirs,
        0.7,
      ),
      row(
        'transactions, two threads beside one',
        '1/s',
        threads.ours.map(perSecond),
        threads.theirs.map(perSecond),
        1.8,
      ),
      row(
        'transactions in a second of processor time, two threads beside one',
        '1/s',
        threads.ours.map(perProcessorSecond),
        threads.theirs.map(perProcessorSecond),
      ),
    ],
    notes: [
      startOf(wall.ours),
      'what OpenSSL is not asked to do: reading, hashing, policies, versions, state',
      "Node's check alone: crypto.verify with imported keys in as many threads, which bounds every program in Node",
    ],
  };
}

function hashing(chain: RecordedChain, rounds: number): Measurement {
  const { envelopeBytes, blocks } = chain;
  const cores = availableParallelism();
  const taken = inTurns(
    rounds,
    () => cost(chain, { level: 'hash', threads: cores }),
    () => (opensslHashed(Math.round(envelopeBytes / blocks)) ?? Number.NaN) / 1e6,
  );
  const megabytes = envelopeBytes / 1e6;
  const wall = taken.ours.map(({ seconds }) => megabytes / seconds);
  const processor = taken.ours.map(({ processorSeconds }) => megabytes / processorSeconds);
  return {
    title: title(
      `Replay, level hash, ${String(Math.round(envelopeBytes / blocks / 1000))} kB a block`,
      chain,
    ),
    ours: 'passage replay --level hash',
    theirs: 'openssl speed sha256, blocks of the same size',
    rows: [
      row(`envelopes, ${String(cores)} threads`, 'MB/s', wall, taken.theirs, 0.6),
      row('envelopes in a second of processor time', 'MB/s', processor, taken.theirs),
    ],
    notes: [
      startOf(taken.ours),
      'OpenSSL has one thread, checks no signature of orderers and reads no file; starting the threads counts',
    ],
  };
}

/** Memory and time as the chain grows. */
function growth(chains: readonly RecordedChain[]): Measurement {
  const costs = chains.map((chain) => ({ chain, taken: cost(chain, { threads: 2 }) }));
  const [least] = costs;
  if (least === undefined) throw new Error('no chains');
  const rows = costs.map(({ chain, taken }): Row => ({
    what: `most resident memory, ${String(chain.transactions)} transactions`,
    unit: 'MB',
    ours: spread([taken.megabytes]),
    theirs: spread([least.taken.megabytes]),
    ratio: ratiosTo([taken.megabytes], spread([least.taken.megabytes])),
  }));
  const times = costs.map(({ chain, taken }): Row => ({
    what: `processor time, ${String(chain.transactions)} transactions`,
    unit: 'ms/transaction',
    ours: spread([1000 / perProcessorSecond(taken)]),
    theirs: spread([1000 / perProcessorSecond(least.taken)]),
    ratio: ratiosTo([1000 / perProcessorSecond(taken)], spread([1000 / perProcessorSecond(least.taken)])),
  }));
  return {
    title: 'Replay of longer chains, level ledger, two threads',
    ours: 'this length',
    theirs: 'the shortest',
    rows: [...rows, ...times],
    notes: [startOf(costs.map(({ taken }) => taken)), 'the chain writes the same 4000 keys again and again'],
  };
}

/** A run that goes on where the last one ended, beside one from block 0. */
function resumed(chain: RecordedChain, before: RecordedChain, folder: string): Measurement {
  const state = join(folder, 'state');
  const copy = join(folder, 'growing.bin');
  copyFileSync(before.file, copy);
  const growing = { ...chain, file: copy };
  cost({ ...before, file: copy }, { threads: 2, state });
  copyFileSync(chain.file, copy);
  const onward = cost(growing, { threads: 2, state });
  const nothingNew = cost(growing, { threads: 2, state });
  const whole = cost(growing, { threads: 2 });
  const seconds = (what: string, taken: VerificationCost): Row => ({
    what,
    unit: 's',
    ours: spread([taken.processorSeconds]),
    theirs: spread([whole.processorSeconds]),
    ratio: ratiosTo([taken.processorSeconds], spread([whole.processorSeconds])),
  });
  const added = chain.transactions - before.transactions;
  return {
    title: title('Going on from a saved state', chain),
    ours: 'processor time',
    theirs: 'from block 0',
    rows: [seconds(`with ${String(added)} new transactions`, onward), seconds('with none', nothingNew)],
    notes: [
      'the saved state is read and hashed each time, so its keys and transaction ids cost something, too',
    ],
  };
}
