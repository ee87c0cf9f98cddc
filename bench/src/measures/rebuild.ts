import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openRecorded } from '@passage/auditor';
import { LedgerVerifier, openIndex, openIndexer } from '@passage/gateway-api/indexing';
import { encodeBlock } from '@passage/ledger';

import { opensslVerifications } from '../machine.js';
import { readOneByOne } from '../one-by-one-reader.js';
import type { Measurement } from '../report.js';
import type { Stage } from '../stage.js';
import { ratios, spread } from '../statistics.js';
import { lengthen } from './replay.js';

const CHAINCODE = 'passage';

/** What a pass over the chain took, in seconds. */
interface Pass {
  readonly seconds: number;
  readonly cpu: number;
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

/** The gateway's own indexer over the recorded blocks, every check of it; gives the statements whose signature it checked. */
async function rebuild(recorded: string, genesisHash: string, folder: string): Promise<number> {
  const index = await openIndex(join(folder, 'index.sqlite'));
  try {
    const trust = {
      format: 'passage-trust-1',
      network: 'embedded',
      channel: 'passage-embedded',
      genesisHash,
    } as const;
    const indexer = openIndexer(index, new LedgerVerifier(trust, CHAINCODE, index.writer), CHAINCODE);
    for await (const { block } of openRecorded(recorded).blocks()) await indexer.add(encodeBlock(block));
    const { statements } = await index.rows
      .selectFrom('statement')
      .select((e) => e.fn.countAll<number>().as('statements'))
      .executeTakeFirstOrThrow();
    return statements;
  } finally {
    await index.close();
  }
}

/** Rebuilding the index from recorded blocks beside the usual reader that stores and notes one transaction at a time. */
export async function measureRebuild(stage: Stage, rounds: number): Promise<Measurement[]> {
  const recorded = join(stage.network.layout.network, 'ledger');
  const { genesisHash } = stage.network;
  const { transactions, signatures } = await lengthen(stage, recorded);
  const ours: Pass[] = [];
  const theirs: Pass[] = [];
  const openssl: number[] = [];
  let statements = 0;
  for (let round = 0; round <= rounds; round++) {
    const turns = [
      async () => {
        ours.push(
          await pass(async (folder) => {
            statements = await rebuild(recorded, genesisHash, folder);
          }),
        );
      },
      async () => {
        theirs.push(
          await pass(async (folder) => {
            await readOneByOne(openRecorded(recorded).blocks(), folder);
          }),
        );
      },
    ];
    for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn();
    openssl.push(opensslVerifications() ?? Number.NaN);
  }
  // The first round is the warm-up.
  for (const side of [ours, theirs, openssl]) side.shift();
  const perSecond = (side: readonly Pass[]): number[] => side.map(({ seconds }) => transactions / seconds);
  const perCpu = (side: readonly Pass[]): number[] => side.map(({ cpu }) => transactions / cpu);
  const verified = ours.map(({ cpu }) => (signatures + statements) / cpu);
  return [
    {
      title: `Index rebuilt from ${String(transactions)} transactions with ${String(signatures)} Fabric signatures and ${String(statements)} of devices`,
      ours: "the gateway's indexer, every check",
      theirs: 'one transaction stored and noted at a time, nothing verified',
      rows: [
        {
          what: 'transactions',
          unit: '1/s',
          ours: spread(perSecond(ours)),
          theirs: spread(perSecond(theirs)),
          ratio: ratios(perSecond(ours), perSecond(theirs)),
          goal: { of: 'ratio', atLeast: 20 },
        },
        {
          what: 'transactions, a second of processor time',
          unit: '1/s',
          ours: spread(perCpu(ours)),
          theirs: spread(perCpu(theirs)),
          ratio: ratios(perCpu(ours), perCpu(theirs)),
        },
      ],
      notes: ['neither side waits for the disk; the reader believes the validation flags that it is given'],
    },
    {
      title: 'Signatures checked while the index is rebuilt, a second of processor time',
      ours: "the gateway's indexer, every check",
      theirs: 'openssl speed ecdsap256, signatures alone',
      rows: [
        {
          what: 'signatures',
          unit: '1/s',
          ours: spread(verified),
          theirs: spread(openssl),
          ratio: ratios(verified, openssl),
          goal: { of: 'ratio', atLeast: 0.6 },
        },
      ],
      notes: [],
    },
  ];
}
