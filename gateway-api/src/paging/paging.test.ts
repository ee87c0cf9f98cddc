import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';
import fc from 'fast-check';

import { openIndex } from '../index/index-database.js';
import type { OpenIndex } from '../index/open-index.js';
import { IndexReader } from '../index/reader.js';
import { emptyRows } from '../index/rows.js';
import type { HoldTable } from '../index/tables/index.js';
import { Listed } from './listed.js';
import type { Page, PageArgs, Paged } from './page.js';
import { placeOfIndex } from '../testing/test-index.js';

const hold = (ucr: string, number: number, placed_at: string, block = 1): HoldTable => ({
  ...{ ucr, number, kind: 'hold', units: null, carried_by: null, permit: null, placed: '{}', placed_at },
  ...{ partial: '[]', proposed: null, lifted: null, block, position: 0, transaction_id: 't' },
});

const cursorsOf = ({ rows }: Page<unknown>): readonly string[] => rows.map(({ cursor }) => cursor);

async function refusal(list: Paged<unknown>, args: PageArgs): Promise<unknown> {
  try {
    await list.page(args);
  } catch (error) {
    return [(error as { code?: string }).code, (error as { facts?: { details?: unknown } }).facts?.details];
  }
  return undefined;
}

/** Every entry of a list, page by page, in both directions. */
async function walk<Row>(list: Paged<Row>, size: number): Promise<readonly (readonly Row[])[]> {
  const forwards: Row[] = [];
  for (let after: string | null = null; ;) {
    const page = await list.page({ first: size, after });
    forwards.push(...page.rows.map(({ row }) => row));
    expect(page.hasPrevious).to.equal(after !== null);
    if (!page.hasNext) break;
    after = cursorsOf(page).at(-1) ?? null;
  }
  const backwards: Row[] = [];
  for (let before: string | null = null; ;) {
    const page = await list.page({ last: size, before });
    backwards.unshift(...page.rows.map(({ row }) => row));
    expect(page.hasNext).to.equal(before !== null);
    if (!page.hasPrevious) break;
    before = cursorsOf(page)[0] ?? null;
  }
  return [forwards, backwards];
}

describe('a list that is read a page at a time', () => {
  let folder: string;
  let index: OpenIndex;
  let reader: IndexReader;
  const write = (...holds: readonly HoldTable[]): void => {
    const rows = emptyRows();
    rows.hold.push(...holds);
    index.writer.write(rows);
  };
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'passage-paging-'));
    index = await openIndex(await placeOfIndex(folder));
    reader = new IndexReader(index.rows);
  });
  afterEach(async () => {
    await index.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('has every entry once, in its order, however long the page', async () => {
    const holds = fc.uniqueArray(
      fc.record({ ucr: fc.constantFrom('A', 'B', 'C'), number: fc.nat(4), at: fc.constantFrom('1', '2') }),
      { selector: ({ ucr, number }) => `${ucr}/${String(number)}`, maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(holds, fc.integer({ min: 1, max: 5 }), async (some, size) => {
        await index.rows.deleteFrom('hold').execute();
        write(...some.map(({ ucr, number, at }) => hold(ucr, number, at)));
        const list = reader.customs.inForce();
        const all = await list.all();
        expect(await list.count()).to.equal(some.length);
        expect(await walk(list, size)).to.deep.equal([all, all]);
        const listed = new Listed('some', all, ({ placed_at, ucr, number }) => [placed_at, ucr, number]);
        expect(await walk(listed, size)).to.deep.equal([all, all]);
      }),
      { numRuns: 40 },
    );
  });

  it('goes on from a cursor when its entry has left the list and others have come, and as known before', async () => {
    write(hold('A', 1, '1'), hold('B', 1, '2'), hold('C', 1, '3'));
    const cursor = cursorsOf(await reader.customs.inForce().page({ first: 2 })).at(-1) ?? null;
    write({ ...hold('B', 1, '2', 2), lifted: '{}' }, hold('A', 2, '2', 2), hold('D', 1, '4', 2));
    const rest = async (of: IndexReader): Promise<unknown> =>
      (await of.customs.inForce().page({ after: cursor })).rows.map(({ row: { ucr } }) => ucr);
    expect(await rest(reader)).to.deep.equal(['C', 'D']);
    expect(await rest(reader.knownAt(1))).to.deep.equal(['C']);
  });

  it('takes no cursor of another list, none that is broken, and no size that no page has', async () => {
    write(hold('A', 1, '1'));
    const list = reader.customs.inForce();
    const [foreign = ''] = cursorsOf(await reader.customs.holds('A').page({ first: 1 }));
    const text = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const after of [foreign, '', 'é', text(['holdsInForce']), text(['holdsInForce', '1', 'A', {}])]) {
      expect(await refusal(list, { after })).to.deep.equal(['CURSOR_INVALID', { pointer: '/after' }]);
      expect(await refusal(list, { before: after })).to.deep.equal([
        'CURSOR_INVALID',
        { pointer: '/before' },
      ]);
    }
    for (const [args, pointer] of [
      [{ first: 0 }, '/first'],
      [{ last: 101 }, '/last'],
      [{ first: 1, last: 1 }, '/last'],
    ] as const) {
      expect(await refusal(list, args)).to.deep.equal(['BAD_ARGUMENT', { pointer }]);
      expect(await refusal(new Listed('x', [1], (each) => [each]), args)).to.deep.equal([
        'BAD_ARGUMENT',
        { pointer },
      ]);
    }
  });
});
