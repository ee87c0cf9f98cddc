import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { BareNetwork } from '../bare-network.js';
import { closedLoop } from '../load.js';
import { memoryOf } from '../process-usage.js';
import type { Measurement, Row } from '../report.js';
import { ratios, ratiosTo, recorded, spread } from '../statistics.js';

/** What the prototype of the embedded network took when the design was made, seconds: from nothing, and on its ledger. */
const PROTOTYPE = {
  fast: { cold: recorded(2.06, 2.66), restart: recorded(1.1, 1.2) },
  faithful: { cold: recorded(4.46, 4.96), restart: recorded(3.2) },
} as const;

type Mode = keyof typeof PROTOTYPE;

/** Seconds: from nothing to the first committed transaction, and from a stand until the chaincode is ready. */
interface Life {
  readonly cold: number;
  readonly restart: number;
}

async function life(basePort: number, mode: Mode): Promise<Life> {
  const bare = new BareNetwork({ basePort, faithful: mode === 'faithful' });
  try {
    const began = performance.now();
    await bare.start();
    await bare.initialise();
    const cold = (performance.now() - began) / 1000;
    await bare.network.stop();
    return { cold, restart: await startAgain(bare) };
  } finally {
    await bare.network.remove();
  }
}

/** Seconds of an `up` on what was recorded. */
async function startAgain(bare: BareNetwork): Promise<number> {
  return (await bare.start()).get('all') ?? Number.NaN;
}

/** The embedded network with its chaincode, without gateways, beside the prototype's figures. */
export async function measureEmbeddedStart(rounds: number, basePort: number): Promise<Measurement[]> {
  const rows: Row[] = [];
  for (const mode of ['fast', 'faithful'] as const) {
    const lives: Life[] = [];
    for (let round = 0; round < rounds; round++) lives.push(await life(basePort, mode));
    const row = (what: string, taken: readonly number[], theirs: Row['ours']): Row => ({
      what: `${what}, ${mode}`,
      unit: 's',
      ours: spread(taken),
      theirs,
      ratio: ratiosTo(taken, theirs),
      goal: { of: 'ratio', atMost: 1 },
    });
    rows.push(
      row('from nothing to the first committed transaction', readColumn(lives, 'cold'), PROTOTYPE[mode].cold),
      row('started again', readColumn(lives, 'restart'), PROTOTYPE[mode].restart),
    );
  }
  return [
    {
      title: 'The embedded network and its chaincode, no gateways',
      ours: 'this checkout',
      theirs: 'prototype, as recorded',
      rows,
      notes: ["the prototype's figures are from another day and may be from another machine"],
    },
  ];
}

function readColumn(lives: readonly Life[], name: keyof Life): number[] {
  return lives.map((one) => one[name]);
}

/** Resident memory of the network process, MB, after the same load each time. */
async function memoryAfterLoad(bare: BareNetwork): Promise<number> {
  const business = bare.administrator('business');
  await closedLoop(32, 5, () => business.submit('RegisterParty', bare.nextParty()));
  business.close();
  return memoryOf(bare.network.dir).get('network') ?? Number.NaN;
}

interface Grown {
  readonly added: number;
  readonly megabytes: number;
}

async function grow(dir: string, transactions: number): Promise<readonly Grown[]> {
  const program = fileURLToPath(new URL('../grow-chain.js', import.meta.url));
  const args = ['--disable-warning=ExperimentalWarning', program, dir, String(transactions)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Grown);
}

async function restarts(bare: BareNetwork, rounds: number): Promise<number[]> {
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await bare.network.stop();
    seconds.push(await startAgain(bare));
  }
  return seconds;
}

/** Restart and memory on a chain of many transactions, beside the same folder before it grew. */
export async function measureLongChain(
  rounds: number,
  basePort: number,
  transactions: number,
): Promise<Measurement[]> {
  const bare = new BareNetwork({ basePort });
  try {
    await bare.start();
    await bare.initialise();
    const before = await restarts(bare, rounds);
    const memoryBefore = await memoryAfterLoad(bare);
    await bare.network.stop();
    const grown = await grow(bare.network.dir, transactions);
    const after = await restarts(bare, rounds);
    const memoryAfter = await memoryAfterLoad(bare);
    return [restartTable(before, after, transactions), memoryTable(memoryBefore, memoryAfter, grown)];
  } finally {
    await bare.network.remove();
  }
}

function restartTable(
  before: readonly number[],
  after: readonly number[],
  transactions: number,
): Measurement {
  const difference = after.map((seconds, round) => seconds - (before[round] ?? Number.NaN));
  return {
    title: 'Started again on a long chain',
    ours: `with ${String(transactions)} transactions`,
    theirs: 'with one',
    rows: [
      { what: 'ready', unit: 's', ours: spread(after), theirs: spread(before), ratio: ratios(after, before) },
      { what: 'longer by', unit: 's', ours: spread(difference), goal: { of: 'ours', atMost: 2 } },
    ],
    notes: [],
  };
}

/** Flat: no more than a fifth above; a heap breathes by as much. */
const FLAT = 1.2;

function memoryTable(before: number, after: number, grown: readonly Grown[]): Measurement {
  const settled = grown[1] ?? grown[0];
  const rows = grown.slice(2).map(({ added, megabytes }) => ({
    what: `ledger that has written ${String(added)} transactions`,
    unit: 'MB',
    ours: spread([megabytes]),
    theirs: spread([settled?.megabytes ?? Number.NaN]),
    ratio: spread([megabytes / (settled?.megabytes ?? Number.NaN)]),
  }));
  return {
    title: 'Resident memory as the chain grows',
    ours: 'long chain',
    theirs: 'short chain',
    rows: [
      {
        what: 'network process after five seconds of load',
        unit: 'MB',
        ours: spread([after]),
        theirs: spread([before]),
        ratio: spread([after / before]),
        goal: { of: 'ratio', atMost: FLAT },
      },
      ...rows.slice(0, -1),
      ...rows.slice(-1).map((row) => ({ ...row, goal: { of: 'ratio', atMost: FLAT } as const })),
    ],
    notes: ['the ledger writes in a process of its own; its short chain is a fifth of the long one'],
  };
}
