import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { EVERYTHING } from '@passage/ledger/generator';
import { expect } from 'chai';

import { everyActChain } from '../../testing/every-act.js';
import { generatedChain, trustIn } from '../../testing/generated-chain.js';
import type { Trust } from '../../trust.js';
import type { IndexFacts } from '../facts/index-facts.js';
import { LookAhead } from '../facts/look-ahead.js';
import type { BlocksAhead } from '../facts/look-ahead.js';
import { openIndex } from '../index-database.js';
import { indexDigest } from '../index-digest.js';
import { openIndexer } from '../indexer.js';
import type { IndexedBlocks } from '../indexer.js';
import { LedgerVerifier } from '../ledger-verifier.js';

interface Chain {
  readonly blocks: readonly Uint8Array[];
  readonly trust: Trust;
  readonly chaincode: string;
}

interface Filled {
  readonly told: IndexedBlocks;
  readonly tables: Readonly<Record<string, unknown>>;
  /** Blocks of which nothing but what others have read went in. */
  readonly read: number;
}

/** How the facts reach the one that writes. */
type Change = (facts: IndexFacts, number: number) => IndexFacts;

/** Every kind of transaction that Fabric knows: key policies, private data that expires, deletions, configurations, invalid ones. */
function everyKindOfTransaction(): Chain {
  const chain = generatedChain(280, { mix: EVERYTHING, perBlock: 7 });
  const blocks = [...chain.blocks()].map(({ bytes }) => bytes);
  return { blocks, trust: trustIn(chain), chaincode: 'goods' };
}

describe('an index whose blocks others have read', function () {
  this.timeout(60_000);
  let folder: string;
  let everyKind: Chain;
  let acts: Chain;

  before(() => {
    everyKind = everyKindOfTransaction();
    acts = { ...everyActChain(), chaincode: 'passage' };
  });
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'passage-read-'))));
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function filled(
    name: string,
    { blocks, trust, chaincode }: Chain,
    {
      threads,
      linksAlone = true,
      change = (facts) => facts,
      together = 60,
    }: {
      threads: number;
      linksAlone?: boolean;
      change?: Change;
      together?: number;
    },
  ): Promise<Filled> {
    // Only an index in a file takes what others have read.
    const place = join(folder, `${name}.sqlite`);
    const index = await openIndex(place);
    const reading = index.writer.ofOthers?.columns;
    const limits = { threads, least: 0, part: 60_000, ...(linksAlone && reading && { reading }) };
    const ahead = threads > 0 ? { lookAhead: new LookAhead(chaincode, index.writer.state, limits) } : {};
    const verifier = new LedgerVerifier(trust, chaincode, index.writer, { ...ahead, linksAlone });
    let read = 0;
    let next = 0;
    const watched = Object.assign(Object.create(verifier) as LedgerVerifier, {
      verify: (...judged: Parameters<LedgerVerifier['verify']>) => {
        const block = verifier.verify(...judged);
        if ('reading' in block) read += 1;
        return block;
      },
      close: verifier.close.bind(verifier),
      async *ahead(all: readonly Uint8Array[]): AsyncGenerator<BlocksAhead> {
        for await (const { blocks: part, facts } of verifier.ahead(all)) {
          yield { blocks: part, facts: facts?.map((each, at) => change(each, next + at)) };
          next += part.length;
        }
      },
    });
    const indexer = openIndexer(index, watched, chaincode);
    const all: IndexedBlocks[] = [];
    for (let from = 0; from < blocks.length; from += together)
      all.push(await indexer.addAll(blocks.slice(from, from + together)));
    await indexer.close();
    const told = { ...all.at(-1), indexed: all.flatMap(({ indexed }) => indexed) };
    return { told, tables: (await indexDigest(place)).tables, read };
  }

  for (const [what, make] of [
    ['every act', () => acts],
    ['every kind of transaction', () => everyKind],
  ] as const)
    it(`has the rows of one that reads them itself, and of one that checks everything: ${what}`, async () => {
      const chain = make();
      const alone = await filled('alone', chain, { threads: 0 });
      const ahead = await filled('ahead', chain, { threads: 2 });
      expect(ahead.told).to.deep.equal(alone.told);
      expect(ahead.told.indexed).to.have.length(chain.blocks.length);
      expect(ahead.tables).to.deep.equal(alone.tables);
      const whole = await filled('whole', chain, { threads: 2, linksAlone: false });
      const differing = Object.keys(whole.tables).filter(
        (table) => whole.tables[table] !== ahead.tables[table],
      );
      expect(differing).to.have.members(['block', 'head']);
      expect(alone.read + whole.read).to.equal(0);
      expect(ahead.read).to.be.within(8, chain.blocks.length - 2);
    });

  it('refuses a block in the midst of others by the check that it fails, and keeps those before it', async () => {
    const chain = everyKind;
    const at = 31;
    const blocks = chain.blocks.map((bytes, number) =>
      number === at
        ? Uint8Array.from(bytes, (byte, index) => (index === bytes.length >> 1 ? byte ^ 1 : byte))
        : bytes,
    );
    const alone = await filled('alone', { ...chain, blocks }, { threads: 0, together: Infinity });
    const ahead = await filled('ahead', { ...chain, blocks }, { threads: 2, together: Infinity });
    expect(ahead.told.refused).to.deep.include({ block: at, check: 'data-hash' });
    expect(ahead.told.indexed).to.deep.equal(alone.told.indexed).and.have.length(at);
    expect(ahead.tables).to.deep.equal(alone.tables);
    const swapped = chain.blocks.toSpliced(
      20,
      2,
      chain.blocks[21] ?? Buffer.of(),
      chain.blocks[20] ?? Buffer.of(),
    );
    const unordered = await filled(
      'swapped',
      { ...chain, blocks: swapped },
      { threads: 2, together: Infinity },
    );
    expect(unordered.told.refused).to.deep.include({ block: 21, check: 'chain-link' });
    expect(unordered.told.indexed).to.have.length(20);
  });

  it('reads itself what others cannot tell, whether they fail or know another configuration', async () => {
    const chain = acts;
    const alone = await filled('alone', chain, { threads: 0 });
    const changed = await filled('changed', chain, {
      threads: 1,
      change: ({ reading, ...facts }, number) => {
        if (reading === undefined || number % 3 === 0) return facts;
        return { ...facts, reading: number % 3 === 1 ? { ...reading, configBlock: 9999 } : reading };
      },
    });
    expect(changed.tables).to.deep.equal(alone.tables);
    expect(changed.read).to.be.within(10, chain.blocks.length / 2);
  });
});
