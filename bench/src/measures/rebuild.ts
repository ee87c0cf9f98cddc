import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openRecorded } from '@passage/auditor';
import { openIndex, rebuildIndex, verifierOf } from '@passage/gateway-api/indexing';
import { encodeBlock, readBlock } from '@passage/ledger';

import { machine, opensslVerifications } from '../machine.js';
import { readOneByOne } from '../one-by-one-reader.js';
import type { Measurement, Row } from '../report.js';
import type { Stage } from '../stage.js';
import { ratios, spread } from '../statistics.js';
import { lengthen } from './replay.js';

const CHAINCODE = 'passage';

/** A shorter chain would show how long programs take to warm up. */
const LEAST_TRANSACTIONS = 4000;

/** What a pass over the chain took, in seconds. */
interface Pass {
  readonly seconds: number;
  /** Of all threads. */
  readonly cpu: number;
}

/** The chain, in memory: neither side reads a disk. */
interface Chain {
  readonly blocks: readonly Uint8Array[];
  readonly genesisHash: string;
}

async function pass(work: (folder: string) => Promise<void>): Promise<Pass> {
  const folder = mkdtempSync(join(tmpdir(), 'passage-rebuild-'));
  const [before, began] = [process.cpuUsage(), performance.now()];
  try {
    await work(folder);
    const { user, system } = process.cpuUsage(before);
    return { seconds: (performance.now() - began) / 1000, cpu: (user + system) / 1e6 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What `passage index-rebuild` does, from nothing to the file in its place. */
async function rebuild({ blocks, genesisHash }: Chain, linksAlone: boolean, folder: string): Promise<void> {
  const trust = {
    format: 'passage-trust-1',
    network: 'embedded',
    channel: 'passage-embedded',
    genesisHash,
  } as const;
  await rebuildIndex({
    place: join(folder, 'index.sqlite'),
    beside: join(folder, 'beside.sqlite'),
    source: {
      newest: () => Promise.resolve(blocks.length - 1),
      async *blocks(from) {
        for (const block of blocks.slice(from)) yield await Promise.resolve(block);
      },
    },
    verifier: (index) => verifierOf(trust, CHAINCODE, index, { linksAlone }),
    chaincode: CHAINCODE,
  });
}

/** How many statements and rows such an index has. */
async function sizeOf(chain: Chain): Promise<{ readonly statements: number; readonly rows: number }> {
  let found = { statements: 0, rows: 0 };
  await pass(async (folder) => {
    await rebuild(chain, true, folder);
    const index = await openIndex(join(folder, 'index.sqlite'));
    const count = async (table: 'statement' | 'state' | 'tree_node'): Promise<number> => {
      const all = await index.rows
        .selectFrom(table)
        .select((e) => e.fn.countAll<number>().as('rows'))
        .executeTakeFirstOrThrow();
      return all.rows;
    };
    const statements = await count('statement');
    found = { statements, rows: statements + (await count('state')) + (await count('tree_node')) };
    await index.close();
  });
  return found;
}

async function readIn({ blocks }: Chain, folder: string): Promise<void> {
  await readOneByOne(
    (async function* () {
      for (const bytes of blocks) yield await Promise.resolve({ block: readBlock(bytes) });
    })(),
    folder,
    'nothing',
  );
}

interface Passes {
  readonly links: Pass[];
  readonly all: Pass[];
  readonly reader: Pass[];
  /** Verifications a second: of processor time in one process, and of wall time on all cores. */
  readonly openssl: { readonly one: number; readonly cores: number }[];
}

/** Every side in turn, ours first in one round and last in the next; the first round is the warm-up. */
async function passes(chain: Chain, rounds: number): Promise<Passes> {
  const taken: Passes = { links: [], all: [], reader: [], openssl: [] };
  const turns = [
    async () => taken.links.push(await pass((folder) => rebuild(chain, true, folder))),
    async () => taken.reader.push(await pass((folder) => readIn(chain, folder))),
    async () => taken.all.push(await pass((folder) => rebuild(chain, false, folder))),
    () =>
      Promise.resolve(
        taken.openssl.push({
          one: opensslVerifications() ?? Number.NaN,
          cores: opensslVerifications(machine().cores) ?? Number.NaN,
        }),
      ),
  ];
  for (let round = 0; round <= rounds; round++)
    for (const turn of round % 2 === 0 ? turns : turns.toReversed()) await turn();
  for (const side of Object.values(taken) as unknown[][]) side.shift();
  return taken;
}

/**
 * Rebuilding the index from recorded blocks: by links alone beside the usual reader that stores and notes one transaction at a time, with
 * all checks beside the signatures alone.
 */
export async function measureRebuild(stage: Stage, rounds: number): Promise<Measurement[]> {
  const recorded = join(stage.network.layout.network, 'ledger');
  const { transactions, signatures } = await lengthen(stage, recorded, LEAST_TRANSACTIONS);
  const blocks: Uint8Array[] = [];
  for await (const { block } of openRecorded(recorded).blocks()) blocks.push(encodeBlock(block));
  const chain = { blocks, genesisHash: stage.network.genesisHash };
  const { statements, rows } = await sizeOf(chain);
  const { links, all, reader, openssl } = await passes(chain, rounds);
  const perSecond = (side: readonly Pass[]): number[] => side.map(({ seconds }) => transactions / seconds);
  const perCpu = (side: readonly Pass[]): number[] => side.map(({ cpu }) => transactions / cpu);
  const row = (what: string, ours: readonly number[], theirs: readonly number[], atLeast?: number): Row => ({
    what,
    unit: '1/s',
    ours: spread(ours),
    theirs: spread(theirs),
    ratio: ratios(ours, theirs),
    ...(atLeast !== undefined && { goal: { of: 'ratio', atLeast } }),
  });
  const checked = signatures + statements;
  const about = `${String(transactions)} transactions in ${String(blocks.length)} blocks`;
  const many = (rows / transactions).toFixed(1);
  return [
    {
      title: `Index rebuilt from ${about}: hashes, links, orderers' quorum`,
      ours: 'index-rebuild --links-alone',
      theirs: 'one transaction stored and noted at a time, nothing verified',
      rows: [
        row('transactions', perSecond(links), perSecond(reader), 20),
        row('transactions, a second of processor time', perCpu(links), perCpu(reader)),
      ],
      notes: [
        'neither side waits for the disk; both believe the validation flags that they are given',
        `rows of state, statements and tree alone: ${many} a transaction`,
      ],
    },
    {
      title: `Index rebuilt with every check: ${String(signatures)} signatures of Fabric's, ${String(statements)} of devices`,
      ours: 'index-rebuild',
      theirs: 'openssl speed ecdsap256, signatures alone',
      rows: [
        row(
          'signatures, a second of processor time',
          all.map(({ cpu }) => checked / cpu),
          openssl.map(({ one }) => one),
          0.6,
        ),
        row(
          'signatures, all cores',
          all.map(({ seconds }) => checked / seconds),
          openssl.map(({ cores }) => cores),
        ),
      ],
      notes: ['what OpenSSL is not asked to do: reading, hashing, policies, versions, state, rows'],
    },
  ];
}
