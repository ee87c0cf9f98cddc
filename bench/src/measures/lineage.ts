import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { encodeRecord } from '@passage/domain';
import { IndexReader, openIndex } from '@passage/gateway-api/indexing';

import type { BenchNetwork } from '../bench-network.js';
import { adder } from '../filled-index.js';
import { lotAt, lotTree, type TreeEntry } from '../lot-tree.js';
import { progress } from '../progress.js';
import type { PlainClient } from '../plain-client.js';
import { CpuMeter } from '../process-usage.js';
import type { Measurement } from '../report.js';
import { Stage } from '../stage.js';
import { ratios, spread } from '../statistics.js';
import { timed } from '../timed.js';

/** Steps from the root to the leaves: 8,191 lots. */
const DEPTH = 12;

/** Lots of one transaction. */
const PER_TRANSACTION = 256;

/** Lots that the chaincode is asked about at once. */
const PER_QUESTION = 512;

/** How often each side is asked in a round, at least. */
const LEAST = { ours: 20, theirs: 1 };

/** One round of a side, in milliseconds; the processor time is that of whoever answers. */
interface Walk {
  readonly median: number;
  readonly cpu: number;
}

/**
 * Everything that a lot was made of, in the gateway's index, beside chaincode that reads the same records one by one. It is asked about many
 * lots at once, so that the way from one to the next costs no more than a read of the state.
 */
export async function measureLineage(
  network: BenchNetwork,
  rounds: number,
  seconds: number,
): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'passage-lineage-'));
  const index = await openIndex(join(folder, 'index.sqlite'));
  const stage = new Stage(network);
  try {
    progress('lineage: the lots are written both ways');
    const batches = [...inBatches(lotTree(DEPTH))];
    const add = await adder(index);
    for (const batch of batches) await add(writing(batch));
    const { plain } = await stage.admin();
    for (const batch of batches) {
      const records = batch.map(({ key, record }) => ({ key: `walk/${key}`, value: JSON.stringify(record) }));
      await plain.submit('StoreRecords', { records });
    }
    const { lineage } = new IndexReader(index.rows);
    const root = `lot:${lotAt(1)}`;
    const inStore = () => lineage.walk(root, 'upstream', { depth: 100, steps: 20_000 }).all();
    const byHops = () => walkedByHops(plain);
    compared(await inStore(), await byHops());

    const taken: { readonly ours: Walk[]; readonly theirs: Walk[] } = { ours: [], theirs: [] };
    for (let round = 0; round <= rounds; round++) {
      progress(`lineage: round ${String(round)} of ${String(rounds)}`);
      const ours = await ownWalk(seconds, inStore);
      const theirs = await hops(network, seconds, byHops);
      // The first round is the warm-up of both sides.
      if (round === 0) continue;
      taken.ours.push(ours);
      taken.theirs.push(theirs);
    }
    return [table(taken.ours, taken.theirs)];
  } finally {
    stage.close();
    await index.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The way of a client that asks the chaincode, for many lots at once. */
async function walkedByHops(plain: PlainClient): Promise<readonly string[]> {
  const found = new Set<string>();
  for (let rest = [lotAt(1)]; rest.length > 0;) {
    const lots = rest.splice(0, PER_QUESTION);
    const next = JSON.parse(await plain.evaluate('StepOfRecords', { lots })) as readonly string[];
    rest.push(...next.filter((lot) => !found.has(lot)));
    for (const lot of next) found.add(lot);
  }
  return [...found];
}

function* inBatches(tree: Iterable<readonly TreeEntry[]>): Generator<readonly TreeEntry[]> {
  let batch: TreeEntry[] = [];
  for (const entries of tree) {
    batch.push(...entries);
    if (batch.length < PER_TRANSACTION) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function writing(batch: readonly TreeEntry[]): Parameters<Awaited<ReturnType<typeof adder>>>[0] {
  const writes = batch.map(({ key, record }) => ({ key, value: encodeRecord(record) }));
  return { call: { command: 'TransformLots', argument: '{}' }, writes };
}

function compared(ours: readonly { readonly thing: string }[], theirs: readonly string[]): void {
  const [own, other] = [ours.map(({ thing }) => thing).sort(), theirs.map((lot) => `lot:${lot}`).sort()];
  if (own.length !== 2 ** (DEPTH + 1) - 2)
    throw new Error(`the index has ${String(own.length)} lots behind it`);
  if (JSON.stringify(own) !== JSON.stringify(other)) throw new Error('both sides found other lots');
}

async function ownWalk(seconds: number, ask: () => Promise<unknown>): Promise<Walk> {
  const before = process.cpuUsage();
  const { median, asked } = await timed(seconds / 4, LEAST.ours, ask);
  const { user, system } = process.cpuUsage(before);
  return { median, cpu: (user + system) / 1000 / asked };
}

async function hops(network: BenchNetwork, seconds: number, ask: () => Promise<unknown>): Promise<Walk> {
  const meter = new CpuMeter(network.dir);
  const { median, asked } = await timed(seconds / 4, LEAST.theirs, ask);
  const used = meter.used();
  const answering = (used.get('network') ?? 0) + (used.get('chaincode') ?? 0);
  return { median, cpu: (answering * 1000) / asked };
}

function table(ours: readonly Walk[], theirs: readonly Walk[]): Measurement {
  const row = (what: string, read: (one: Walk) => number) => ({
    what,
    unit: 'ms',
    ours: spread(ours.map(read)),
    theirs: spread(theirs.map(read)),
    ratio: ratios(ours.map(read), theirs.map(read)),
    goal: { of: 'ratio', atMost: 0.02 } as const,
  });
  const cpu = spread(ours.map((one) => one.cpu));
  return {
    title: `Everything that a lot was made of: ${String(2 ** (DEPTH + 1) - 1)} lots, ${String(DEPTH)} steps deep`,
    ours: 'the index',
    theirs: 'chaincode, record by record',
    rows: [
      row('the whole walk', (one) => one.median),
      row('the whole walk: processor time', (one) => one.cpu),
      {
        what: 'in the store: processor time',
        unit: 'ms',
        ours: cpu,
        goal: { of: 'ours', atMost: 10 },
      },
      {
        what: 'in the store',
        unit: 'ms',
        ours: spread(ours.map((one) => one.median)),
        goal: { of: 'ours', atMost: 10 },
      },
    ],
    notes: [
      'the same lots both ways, compared before anything is timed; every lot with its distance, in order',
      `the chaincode is asked about ${String(PER_QUESTION)} lots at once: one question for each would take longer still`,
    ],
  };
}
