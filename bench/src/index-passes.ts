import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openIndex, rebuildIndex, verifierOf } from '@passage/gateway-api/indexing';
import { readBlock } from '@passage/ledger';

import { machine, opensslVerifications } from './machine.js';
import { type Promised, readOneByOne } from './one-by-one-reader.js';
import { signaturesIn } from './signature-count.js';

const CHAINCODE = 'passage';

/** A chain, in memory: neither side reads a disk. */
export interface Chain {
  readonly blocks: readonly Uint8Array[];
  readonly genesisHash: string;
}

/** What stands on a chain, and in an index of it. */
export interface ChainContent {
  readonly transactions: number;
  readonly events: number;
  /** Of Fabric's members. */
  readonly signatures: number;
  /** Of devices; each carries one signature. */
  readonly statements: number;
}

/** What a pass over the chain took, in seconds. */
export interface Pass {
  readonly seconds: number;
  /** Of all threads. */
  readonly cpu: number;
}

/** Every side's passes, round by round. */
export interface Passes {
  readonly links: Pass[];
  readonly all: Pass[];
  /** The reader that waits for the disk between store and note. */
  readonly waiting: Pass[];
  /** The same reader as the sample is, which waits for nothing. */
  readonly sample: Pass[];
  /** Verifications a second: of processor time in one process, and of wall time on all cores. */
  readonly openssl: { readonly one: number; readonly cores: number }[];
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

/** What `passage index-rebuild` does, from nothing to the file in its place, which the disk has. */
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

async function readIn({ blocks }: Chain, promised: Promised, folder: string): Promise<void> {
  await readOneByOne(
    (async function* () {
      for (const bytes of blocks) yield await Promise.resolve({ block: readBlock(bytes) });
    })(),
    folder,
    promised,
  );
}

/** What a chain holds, by its blocks and by an index of it. */
export async function contentOf(chain: Chain): Promise<ChainContent> {
  const read = chain.blocks.map(readBlock);
  const counted = { events: 0, statements: 0 };
  await pass(async (folder) => {
    await rebuild(chain, true, folder);
    const index = await openIndex(join(folder, 'index.sqlite'));
    const count = async (table: 'ledger_event' | 'statement'): Promise<number> => {
      const all = await index.rows
        .selectFrom(table)
        .select((e) => e.fn.countAll<number>().as('rows'))
        .executeTakeFirstOrThrow();
      return all.rows;
    };
    counted.events = await count('ledger_event');
    counted.statements = await count('statement');
    await index.close();
  });
  return {
    ...counted,
    transactions: read.reduce((sum, { envelopes }) => sum + envelopes.length, 0),
    signatures: read.reduce((sum, block) => sum + signaturesIn(block), 0),
  };
}

/**
 * Every side in turn, ours first in one round and last in the next; the first round is the warm-up.
 *
 * @param few the beginning of the chain for the readers, who take as long for each transaction however many there are.
 */
export async function passes(chain: Chain, few: Chain, rounds: number): Promise<Passes> {
  const taken: Passes = { links: [], all: [], waiting: [], sample: [], openssl: [] };
  const turns = [
    async () => taken.links.push(await pass((folder) => rebuild(chain, true, folder))),
    async () => taken.waiting.push(await pass((folder) => readIn(few, 'store before note', folder))),
    async () => taken.sample.push(await pass((folder) => readIn(few, 'nothing', folder))),
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
