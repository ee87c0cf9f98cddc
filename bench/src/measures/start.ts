import { spawnSync } from 'node:child_process';

import { BenchNetwork, type StartTimes } from '../bench-network.js';
import { memoryOf } from '../process-usage.js';
import type { Measurement, Row } from '../report.js';
import { ratios, spread } from '../statistics.js';

/** One network's life: from nothing, its memory, and started once more on what it had recorded. */
interface Life {
  readonly cold: StartTimes;
  readonly restart: StartTimes;
  readonly memory: ReadonlyMap<string, number>;
}

async function life(basePort: number, faithful: boolean): Promise<Life> {
  const network = new BenchNetwork({ basePort, faithful });
  try {
    const cold = await network.start();
    const memory = memoryOf(network.dir);
    await network.stop();
    const restart = await network.start();
    return { cold, restart, memory };
  } finally {
    await network.remove();
  }
}

/** What to wait for, by the names of `up`; of several chaincode processes the last one counts. */
const milestones: readonly (readonly [string, (times: StartTimes) => number])[] = [
  ['network serves, chaincode definition committed', (times) => times.get('network') ?? Number.NaN],
  [
    'chaincode ready',
    (times) => Math.max(...[...times].flatMap(([name, at]) => (name.startsWith('chaincode') ? [at] : []))),
  ],
  [
    "first transaction (Init) in a verified block, customs' gateway ready",
    (times) => times.get('gateway-customs') ?? Number.NaN,
  ],
  ['all three gateways ready', (times) => times.get('all') ?? Number.NaN],
];

function startRows(ours: readonly StartTimes[], theirs: readonly StartTimes[]): Row[] {
  return milestones.map(([what, read]) => compared(what, 's', ours.map(read), theirs.map(read)));
}

function compared(what: string, unit: string, ours: readonly number[], theirs: readonly number[]): Row {
  return { what, unit, ours: spread(ours), theirs: spread(theirs), ratio: ratios(ours, theirs) };
}

/** Resident memory of the processes whose name begins so, added up. */
function memory(lives: readonly Life[], prefix: string): number[] {
  return lives.map((one) =>
    [...one.memory].reduce((sum, [name, size]) => sum + (name.startsWith(prefix) ? size : 0), 0),
  );
}

/** The least that any program of ours could take: Node itself, doing nothing. Seconds. */
function emptyNode(): number {
  const began = performance.now();
  spawnSync(process.execPath, ['-e', '']);
  return (performance.now() - began) / 1000;
}

/** From nothing to the first committed transaction, in fast and in faithful mode by turns; restart; memory. */
export async function measureStart(rounds: number, basePort: number): Promise<Measurement[]> {
  const fast: Life[] = [];
  const faithful: Life[] = [];
  const floor: number[] = [];
  for (let round = 0; round < rounds; round++) {
    floor.push(emptyNode());
    const turns = [
      async () => fast.push(await life(basePort, false)),
      async () => faithful.push(await life(basePort, true)),
    ];
    for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn();
  }
  const cold = (lives: readonly Life[]): StartTimes[] => lives.map((one) => one.cold);
  const restarted = fast.map((one) => one.restart);
  const processes = ['network', 'chaincode', 'gateway-customs', 'gateway-port', 'gateway-business'];
  return [
    {
      title: 'From nothing: keys, genesis block, four organisations, chaincode, three gateways',
      ours: 'fast (one chaincode process)',
      theirs: 'faithful (four)',
      rows: [
        ...startRows(cold(fast), cold(faithful)),
        { what: 'floor: Node, doing nothing', unit: 's', ours: spread(floor) },
      ],
      notes: [],
    },
    {
      title: 'Started again on what it had recorded',
      ours: 'restart, fast',
      theirs: 'from nothing, fast',
      rows: startRows(restarted, cold(fast)),
      notes: [],
    },
    {
      title: 'Resident memory when all is ready',
      ours: 'fast',
      theirs: 'faithful',
      rows: processes.map((name) => compared(name, 'MB', memory(fast, name), memory(faithful, name))),
      notes: [],
    },
  ];
}
