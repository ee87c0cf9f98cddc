import { join } from 'node:path';

import { openRecorded } from '@passage/auditor';
import { encodeBlock, readBlock } from '@passage/ledger';

import { custodyChain, REGISTRATIONS, STATEMENT_BATCHES } from '../custody-chain.js';
import { type Chain, type ChainContent, contentOf, type Pass, type Passes, passes } from '../index-passes.js';
import { progress } from '../progress.js';
import type { Measurement, Row } from '../report.js';
import type { Stage } from '../stage.js';
import { ratios, spread } from '../statistics.js';
import { lengthen } from './replay.js';

/** A shorter chain would show how long programs take to warm up. */
const LEAST_TRANSACTIONS = 4000;

/** How many transactions the generated chains have, by what stands in them. */
const FULL = { registrations: 20_000, batches: 400 } as const;

/** The readers' share of a chain: they take as long for each transaction however many there are. */
const READ = 2000;

/** The goals: of transactions beside the readers, of signatures beside OpenSSL. */
const [TIMES, OF_OPENSSL] = [20, 0.6];

/**
 * Rebuilding the index: by links alone beside readers that store and note one transaction at a time, with every check beside the
 * signatures alone. Once from the small blocks that the other measurements left, and from two generated chains of full blocks.
 */
export async function measureRebuild(stage: Stage, rounds: number): Promise<Measurement[]> {
  const recorded = join(stage.network.layout.network, 'ledger');
  await lengthen(stage, recorded, LEAST_TRANSACTIONS);
  const blocks: Uint8Array[] = [];
  for await (const { block } of openRecorded(recorded).blocks()) blocks.push(encodeBlock(block));
  const small = { blocks, genesisHash: stage.network.genesisHash };
  return [
    ...(await measureChain('small blocks, as they came', small, rounds)),
    ...(await measureChain(
      'registrations in full blocks',
      custodyChain(FULL.registrations, REGISTRATIONS),
      rounds,
    )),
    ...(await measureChain(
      'batches of 50 statements in full blocks',
      custodyChain(FULL.batches, STATEMENT_BATCHES),
      rounds,
    )),
  ];
}

async function measureChain(what: string, chain: Chain, rounds: number): Promise<Measurement[]> {
  progress(`rebuild: ${what}`);
  const content = await contentOf(chain);
  const few = beginningOf(chain);
  const taken = await passes(chain, few.chain, rounds);
  const { transactions } = content;
  const about = `${what}: ${String(transactions)} transactions in ${String(chain.blocks.length)} blocks`;
  return [
    byLinks(`Index rebuilt from ${about}`, content, few.transactions, taken),
    withEveryCheck(`Index rebuilt with every check from ${what}`, content, taken),
  ];
}

function beginningOf({ blocks, genesisHash }: Chain): {
  readonly chain: Chain;
  readonly transactions: number;
} {
  const few: Uint8Array[] = [];
  let transactions = 0;
  for (const bytes of blocks) {
    if (transactions >= READ) break;
    few.push(bytes);
    transactions += readBlock(bytes).envelopes.length;
  }
  return { chain: { blocks: few, genesisHash }, transactions };
}

function rowOf(what: string, ours: readonly number[], theirs: readonly number[], atLeast?: number): Row {
  return {
    what,
    unit: '1/s',
    ours: spread(ours),
    theirs: spread(theirs),
    ratio: ratios(ours, theirs),
    ...(atLeast !== undefined && { goal: { of: 'ratio', atLeast } }),
  };
}

function byLinks(
  title: string,
  { transactions, events }: ChainContent,
  few: number,
  { links, waiting, sample }: Passes,
): Measurement {
  const perSecond = (side: readonly Pass[], count: number): number[] =>
    side.map(({ seconds }) => count / seconds);
  const perCpu = (side: readonly Pass[], count: number): number[] => side.map(({ cpu }) => count / cpu);
  const ours = perSecond(links, transactions);
  return {
    title,
    ours: 'index-rebuild --links-alone',
    theirs: 'one transaction stored and noted at a time, nothing verified',
    rows: [
      rowOf(
        'transactions; the reader keeps its word when the power goes',
        ours,
        perSecond(waiting, few),
        TIMES,
      ),
      rowOf('transactions; the reader waits for nothing, as the sample', ours, perSecond(sample, few), TIMES),
      rowOf(
        'transactions, a second of processor time, as the sample',
        perCpu(links, transactions),
        perCpu(sample, few),
      ),
      { what: 'events', unit: '1/s', ours: spread(perSecond(links, events)) },
    ],
    notes: [
      'ours makes an index of it, whole and on the disk, or leaves the old one: hashes, links and orderers are checked, flags believed',
      'the one reader has each transaction on the disk before it notes it, so that it never goes on behind one that is lost; the sample may',
      `the readers take the first ${String(few)} transactions`,
    ],
  };
}

function withEveryCheck(
  title: string,
  { signatures, statements }: ChainContent,
  { all, openssl }: Passes,
): Measurement {
  const checked = signatures + statements;
  return {
    title: `${title}: ${String(signatures)} signatures of Fabric's, ${String(statements)} of devices`,
    ours: 'index-rebuild',
    theirs: 'openssl speed ecdsap256, signatures alone',
    rows: [
      rowOf(
        'signatures, a second of processor time',
        all.map(({ cpu }) => checked / cpu),
        openssl.map(({ one }) => one),
        OF_OPENSSL,
      ),
      rowOf(
        'signatures, all cores',
        all.map(({ seconds }) => checked / seconds),
        openssl.map(({ cores }) => cores),
        OF_OPENSSL,
      ),
    ],
    notes: ['what OpenSSL is not asked to do: reading, hashing, policies, versions, state, rows'],
  };
}
