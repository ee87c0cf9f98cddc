import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { openIndex } from './index-database.js';
import type { OpenIndex } from './open-index.js';
import { IndexReader } from './reader.js';
import { emptyRows } from './rows.js';
import type { LineageTable } from './tables/index.js';
import { placeOfIndex } from '../testing/test-index.js';

const link = (input: string, output: string, block = 1): LineageTable => ({
  ...{ input: `lot:${input}`, output: `lot:${output}`, kind: 'transformed', cause: `${input}-${output}` },
  ...{ block, position: 0, transaction_id: 't' },
});

const bounds = { depth: 100, steps: 20_000 };

describe('the way back and on', () => {
  let folder: string;
  let index: OpenIndex;
  let reader: IndexReader;
  const write = (...links: readonly LineageTable[]): void => {
    const rows = emptyRows();
    rows.lineage.push(...links);
    index.writer.write(rows);
  };
  const walk = async (start: string, way: 'upstream' | 'downstream', within = bounds, of = reader) => {
    const steps = await of.lineage.walk(`lot:${start}`, way, within).all();
    return steps.map(({ thing, depth }) => [thing.slice(4), depth]);
  };
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'passage-lineage-'));
    index = await openIndex(await placeOfIndex(folder));
    reader = new IndexReader(index.rows);
  });
  afterEach(async () => {
    await index.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('have each thing once, by the shortest way, though many lead to it', async () => {
    // a → b → d → e, a → c → d, a → d
    write(link('a', 'b'), link('a', 'c'), link('b', 'd'), link('c', 'd'), link('a', 'd'), link('d', 'e'));
    expect(await walk('e', 'upstream')).to.deep.equal([
      ['d', 1],
      ['a', 2],
      ['b', 2],
      ['c', 2],
    ]);
    expect(await walk('a', 'downstream')).to.deep.equal([
      ['b', 1],
      ['c', 1],
      ['d', 1],
      ['e', 2],
    ]);
    const { all } = { all: await reader.lineage.links('lot:d', 'upstream').all() };
    expect(all.map(({ output }) => output)).to.deep.equal(['lot:e']);
  });

  it('end in a circle, and never come back to where they began', async () => {
    write(link('a', 'b'), link('b', 'c'), link('c', 'a'), link('a', 'a'));
    expect(await walk('a', 'downstream')).to.deep.equal([
      ['b', 1],
      ['c', 2],
    ]);
  });

  it('end with the depth and the steps, and say so', async () => {
    write(link('a', 'b'), link('b', 'c'), link('c', 'd'));
    const isCut = (within: typeof bounds) => reader.lineage.isCut('lot:a', 'downstream', within);
    expect(await walk('a', 'downstream', { ...bounds, depth: 2 })).to.have.length(2);
    expect([await isCut({ ...bounds, depth: 2 }), await isCut({ ...bounds, depth: 3 })]).to.deep.equal([
      true,
      false,
    ]);
    expect([await isCut({ ...bounds, steps: 2 }), await isCut({ ...bounds, steps: 3 })]).to.deep.equal([
      true,
      false,
    ]);
    expect(await walk('a', 'downstream', { ...bounds, steps: 2 })).to.have.length(2);
  });

  it('are what was known at a block, and no more than the caller sees', async () => {
    write(link('a', 'b'));
    write(link('b', 'c', 2));
    expect(await walk('a', 'downstream', bounds, reader.knownAt(1))).to.deep.equal([['b', 1]]);
    const stranger = reader.seenBy({ viewers: ['party:X'], isCustoms: false, certifies: false });
    expect(await walk('a', 'downstream', bounds, stranger)).to.deep.equal([]);
    const customs = reader.seenBy({ viewers: ['party:X'], isCustoms: true, certifies: false });
    expect(await walk('a', 'downstream', bounds, customs)).to.have.length(2);
  });

  it('are paged, and counted, over 8,000 things', async () => {
    const count = 8_000;
    write(...Array.from({ length: count }, (_, i) => link(String(Math.floor(i / 2)), String(i + 1))));
    const list = reader.lineage.walk('lot:0', 'downstream', bounds);
    expect(await list.count()).to.equal(count);
    const first = await list.page({ first: 100 });
    const after = first.rows.at(-1)?.cursor ?? '';
    const next = await list.page({ first: 100, after });
    const things = [...first.rows, ...next.rows].map(({ row }) => row.thing);
    expect(new Set(things).size).to.equal(200);
    expect(next.hasNext).to.equal(true);
  });
});
