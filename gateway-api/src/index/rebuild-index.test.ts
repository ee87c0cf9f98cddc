import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { BlockMetadataIndex, encodeBlock, readBlock } from '@passage/ledger';
import { expect } from 'chai';

import { everyActChain } from '../testing/every-act.js';
import type { StoryChain } from '../testing/every-act.js';
import { editIndex, isOverPostgres, placeOfIndex } from '../testing/test-index.js';
import { openIndex } from './index-database.js';
import { indexDigest } from './index-digest.js';
import { verifierOf } from './ledger-verifier.js';
import { linkChecks } from './links-alone.js';
import { rebuildIndex } from './rebuild-index.js';
import type { Rebuild } from './rebuild-index.js';
import type { BlockTable } from './tables/index.js';
import { BlockRefused } from './verified-block.js';
import { verifyIndex } from './verify-index.js';
import type { VerifiedIndex } from './verify-index.js';

describe('rebuildIndex', function () {
  this.timeout(60_000);
  let folder: string;
  let chain: StoryChain;
  let newest: number;

  before(() => {
    chain = everyActChain();
    newest = chain.blocks.length - 1;
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'passage-rebuild-'));
    for (const name of ['index', 'whole']) mkdirSync(join(folder, name));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const beside = (): string => join(folder, 'beside.sqlite');
  const given = async (
    blocks: readonly Uint8Array[],
    linksAlone: boolean,
    name = 'index',
  ): Promise<Rebuild> => ({
    place: await placeOfIndex(join(folder, name)),
    beside: beside(),
    source: {
      newest: () => Promise.resolve(blocks.length - 1),
      blocks: (from) => listed(blocks.slice(from)),
    },
    verifier: (index) => verifierOf(chain.trust, 'passage', index, { linksAlone }),
    chaincode: 'passage',
  });
  const rebuilt = async (linksAlone: boolean, name?: string): Promise<number> =>
    rebuildIndex(await given(chain.blocks, linksAlone, name));
  const verified = async (): Promise<VerifiedIndex> => verifyIndex(await given(chain.blocks, false));
  const digest = async (name = 'index') => (await indexDigest(await placeOfIndex(join(folder, name)))).tables;
  const head = async (): Promise<{ readonly linkedTo: number | null; readonly blocks: BlockTable[] }> => {
    const index = await openIndex(await placeOfIndex(join(folder, 'index')));
    const blocks = await index.rows.selectFrom('block').selectAll().orderBy('number').execute();
    const { linked_to } = await index.rows.selectFrom('head').select('linked_to').executeTakeFirstOrThrow();
    await index.close();
    return { linkedTo: linked_to, blocks };
  };

  it('gives by links alone the rows that every check gives, and the checks are made up all together', async () => {
    expect(await rebuilt(false, 'whole')).to.equal(newest);
    expect(await rebuilt(true)).to.equal(newest);
    const [whole, linked] = [await digest('whole'), await digest()];
    const differing = Object.keys(whole).filter((table) => whole[table] !== linked[table]);
    expect(differing).to.have.members(['block', 'head']);
    const { linkedTo, blocks } = await head();
    expect(linkedTo).to.equal(newest);
    const acts = blocks.slice(4).map(({ checks }) => JSON.parse(checks) as string[]);
    expect(new Set(acts.flat())).to.deep.equal(new Set(linkChecks));

    expect(await verified()).to.deep.include({ differences: [], madeUp: newest });
    expect(await digest()).to.deep.equal(whole);
    expect(await verified()).not.to.have.property('madeUp');
    expect(existsSync(beside())).to.equal(false);
  });

  it('makes nothing up where a single row is wrong', async () => {
    await rebuilt(true);
    await editIndex(join(folder, 'index'), `UPDATE shipment SET origin = 'XX'`);
    const before = await head();
    const found = await verified();
    expect(found.differences.map(({ table }) => table)).to.deep.equal(['shipment']);
    expect(found).not.to.have.property('madeUp');
    expect(await head()).to.deep.equal(before);
  });

  it('believes flags by links alone, and making the checks up shows who lied', async () => {
    const at = newest - 3;
    const lied = chain.blocks.map((bytes, number) => (number === at ? flaggedInvalid(bytes) : bytes));
    expect(await rebuildIndex(await given(lied, true))).to.equal(newest);
    const found = await verified();
    expect(found.differences.map(({ table }) => table)).to.include('transaction');
    expect((await head()).linkedTo).to.equal(newest);
    const refused = await verifyIndex(await given(lied, false)).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(BlockRefused).with.property('block', at);
  });

  it('refuses by links alone a block with another byte, and leaves the old index as it was', async function () {
    if (isOverPostgres) this.skip(); // a database has to be empty
    await rebuilt(false);
    const before = await digest();
    const altered = chain.blocks.map((bytes, number) => (number === newest - 2 ? otherByte(bytes) : bytes));
    const refused = await rebuildIndex(await given(altered, true)).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(BlockRefused).with.property('check', 'data-hash');
    expect(await digest()).to.deep.equal(before);
    // What a rebuild has left that was killed is no hindrance.
    writeFileSync(beside(), 'half a file');
    expect(await rebuilt(true)).to.equal(newest);
    expect((await head()).linkedTo).to.equal(newest);
    expect(existsSync(beside())).to.equal(false);
  });

  it('goes on in a database where a rebuild by links was cut off, and touches no other that holds an index', async function () {
    if (!isOverPostgres) this.skip();
    const cut = chain.blocks.slice(0, 9);
    await rebuildIndex(await given(cut, true));
    expect(await rebuilt(true)).to.equal(newest);
    expect((await head()).linkedTo).to.equal(newest);
    expect(await verified()).to.deep.include({ differences: [], madeUp: newest });
    const refused: unknown = await rebuilt(true).catch((error: unknown) => error);
    expect(refused).to.have.property('code', 'CONFIG_INVALID');
  });
});

async function* listed(blocks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const block of blocks) yield await Promise.resolve(block);
}

/** The same block as a peer serves it that calls its transactions invalid. */
function flaggedInvalid(bytes: Uint8Array): Uint8Array {
  const block = readBlock(bytes);
  const metadata = block.metadata.map((each, index) =>
    index === BlockMetadataIndex.TRANSACTIONS_FILTER ? Uint8Array.from(each, () => 11) : each,
  );
  return encodeBlock({ ...block, metadata });
}

function otherByte(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes, (byte, at) => (at === bytes.length >> 1 ? byte ^ 1 : byte));
}
