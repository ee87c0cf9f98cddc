import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { placeOfIndex } from '../testing/test-index.js';
import { openIndex } from './index-database.js';
import type { OpenIndex } from './open-index.js';
import { Prepared, slot } from './prepared.js';

describe('a prepared query', () => {
  let folder: string;
  let index: OpenIndex;
  let compiled = 0;
  let query: Prepared<{ number: number }>;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'passage-prepared-'));
    index = await openIndex(await placeOfIndex(folder));
    compiled = 0;
    const above = index.rows
      .selectFrom('tree_node')
      .select('number')
      .where('number', '>', slot<number>('above'));
    const counted = above.where('level', '=', slot<number>('level')).orderBy('number');
    const compile = () => {
      compiled++;
      return counted.compile();
    };
    query = new Prepared(index.rows, { compile });
  });
  afterEach(async () => {
    await index.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const write = (level: number, number: number): Promise<unknown> =>
    index.rows.insertInto('tree_node').values({ level, number, hash: new Uint8Array(), block: 1 }).execute();
  const numbers = async (level: number, above: number): Promise<readonly number[]> =>
    (await query.all({ level, above })).map(({ number }) => number);

  it('answers each time by the values that it is given, and by the rows as they stand', async () => {
    await write(0, 1);
    await write(1, 5);
    expect(await numbers(0, 0)).to.deep.equal([1]);
    expect(await numbers(1, 0)).to.deep.equal([5]);
    await write(1, 7);
    expect(await numbers(1, 5)).to.deep.equal([7]);
    expect(await query.first({ level: 1, above: 7 })).to.equal(undefined);
    expect(compiled).to.equal(1);
  });

  it('is not asked without a value for each slot', async () => {
    const asked = await query.all({ level: 0 }).catch((error: unknown) => error);
    expect(asked).to.be.instanceOf(TypeError);
    expect(String(asked)).to.contain('above');
  });
});
