import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { Argument, Command, InvalidArgumentError } from 'commander';

import { fabricPrograms, layout } from '@passage/network-control';

import { BenchNetwork } from './bench-network.js';
import { machine, moment } from './machine.js';
import { measureAudit } from './measures/audit.js';
import { measureContention } from './measures/contention.js';
import { measureEmbeddedStart, measureLongChain } from './measures/embedded.js';
import { measureEndorse } from './measures/endorse.js';
import { measureFabric } from './measures/fabric.js';
import { measureFlatTrace } from './measures/flat-trace.js';
import { measureLag } from './measures/lag.js';
import { measureLineage } from './measures/lineage.js';
import { measureMemory } from './measures/memory.js';
import { measureRebuild } from './measures/rebuild.js';
import { measureReplay } from './measures/replay.js';
import { measureStart } from './measures/start.js';
import { measureStatements } from './measures/statements.js';
import { measureSubmit } from './measures/submit.js';
import { measureTrace } from './measures/trace.js';
import { type Measurement, type Report, tableOf } from './report.js';
import { Stage } from './stage.js';

interface Options {
  readonly rounds: number;
  readonly seconds: number;
  readonly transactions: number;
  readonly events: number;
  readonly indexed: number;
  readonly basePort: number;
  readonly json: string;
}

type Measure = (stage: Stage, options: Options) => Promise<Measurement[]>;

/** What is measured on one running network, in this order: the replay reads what the others have written. */
const onStage: Readonly<Record<string, Measure>> = {
  submit: (stage, { rounds, seconds }) => measureSubmit(stage, rounds, seconds),
  statements: (stage, { rounds }) => measureStatements(stage, rounds),
  contention: (stage, { rounds, seconds }) => measureContention(stage, rounds, seconds),
  endorse: (stage, { rounds }) => measureEndorse(stage, rounds),
  rebuild: (stage, { rounds }) => measureRebuild(stage, rounds),
  replay: (stage, { rounds }) => measureReplay(stage, rounds),
};

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError('say a whole number from 1 up.');
  return value;
}

type OwnMeasure = (options: Options) => AsyncGenerator<Measurement> | Measurement[] | Promise<Measurement[]>;

/** What brings up networks of its own. */
const onItsOwn: Readonly<Record<string, OwnMeasure>> = {
  start: ({ rounds, basePort }) => measureStart(rounds, basePort),
  embedded: async function* ({ rounds, basePort, transactions }) {
    yield* await measureEmbeddedStart(rounds, basePort);
    yield* await measureLongChain(rounds, basePort, transactions);
  },
  trace: async function* ({ rounds, seconds, basePort, events, indexed }) {
    const { missing } = await fabricPrograms(layout('.', basePort));
    const kind = missing.length === 0 ? 'fabric' : 'embedded';
    const network = new BenchNetwork({ basePort, network: kind, comparators: true });
    try {
      await network.start();
      yield* await measureTrace(network, rounds, seconds, events);
    } finally {
      await network.remove();
    }
    const embedded = new BenchNetwork({ basePort });
    try {
      await embedded.start();
      yield* await measureFlatTrace(embedded, rounds, seconds, indexed);
    } finally {
      await embedded.remove();
    }
  },
  lineage: async ({ rounds, seconds, basePort }) => {
    const network = new BenchNetwork({ basePort, comparators: true });
    try {
      await network.start();
      return await measureLineage(network, rounds, seconds);
    } finally {
      await network.remove();
    }
  },
  lag: async ({ seconds, basePort }) => {
    const network = new BenchNetwork({ basePort });
    try {
      await network.start();
      return await measureLag(network, seconds);
    } finally {
      await network.remove();
    }
  },
  memory: async ({ seconds, basePort, indexed }) => {
    const network = new BenchNetwork({ basePort });
    try {
      await network.start();
      return await measureMemory(network, seconds, indexed);
    } finally {
      await network.remove();
    }
  },
  audit: ({ rounds, transactions }) => measureAudit(rounds, transactions),
  fabric: async ({ rounds, seconds, basePort }) => {
    const { missing } = await fabricPrograms(layout('.', basePort));
    if (missing.length === 0) return measureFabric(rounds, seconds, basePort);
    process.stdout.write(`\nnot run: fabric (${missing.join(', ')} neither on the PATH nor in FABRIC_BIN)\n`);
    return [];
  },
};

/** Tells each measurement as soon as it is taken. */
async function* measurements(asked: readonly string[], options: Options): AsyncGenerator<Measurement> {
  const isWanted = ([name]: readonly [string, unknown]): boolean =>
    asked.includes('all') || asked.includes(name);
  for (const [, measure] of Object.entries(onItsOwn).filter(isWanted)) yield* await measure(options);
  const wanted = Object.entries(onStage).filter(isWanted);
  if (wanted.length === 0) return;
  const network = new BenchNetwork({ basePort: options.basePort });
  try {
    await network.start();
    const stage = new Stage(network);
    for (const [, measure] of wanted) yield* await measure(stage, options);
    stage.close();
  } finally {
    await network.remove();
  }
}

async function bench(what: readonly string[], options: Options): Promise<void> {
  const began = moment();
  const on = machine();
  const write = (line: string): void => void process.stdout.write(`${line}\n`);
  write(
    `${on.cpu}, ${String(on.cores)} cores, Node ${on.node}; load ${began.load.join(' ')}; medians (least–most)`,
  );
  const taken: Measurement[] = [];
  for await (const measurement of measurements(what, options)) {
    taken.push(measurement);
    write(`\n${tableOf(measurement)}`);
  }
  const ended = moment();
  const report: Report = { format: 'passage-bench-1', machine: on, began, ended, measurements: taken };
  mkdirSync(dirname(options.json), { recursive: true });
  writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  write(`\nload at the end ${ended.load.join(' ')}; ${options.json} has all figures`);
}

/** 128 and the signal's number, as shells tell it. */
const interrupted = { SIGINT: 130, SIGTERM: 143 } as const;

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void BenchNetwork.removeAll().finally(() => process.exit(interrupted[signal])));
}

const program = new Command('bench')
  .description('measure this checkout, each figure beside its comparator in the same run')
  .addArgument(
    new Argument('[what...]', 'what to measure')
      .choices(['all', ...Object.keys(onItsOwn), ...Object.keys(onStage)])
      .default(['all']),
  )
  .option('--rounds <number>', 'how often each side has its turn', positive, 5)
  .option('--seconds <number>', 'how long a slice of load is', positive, 8)
  .option('--transactions <number>', 'length of the long chain', positive, 100_000)
  .option(
    '--events <number>',
    'the most events of a trace that are written for the comparator, too',
    positive,
    10_000,
  )
  .option(
    '--indexed <number>',
    'events in the index: whose memory is measured, and the most of a trace as it grows',
    positive,
    100_000,
  )
  .option('--base-port <number>', 'first port of the networks that are started', positive, 7800)
  .option('--json <file>', 'where the figures go', '.passage/bench.json')
  .action(bench);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 3;
}
