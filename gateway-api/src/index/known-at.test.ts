import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';
import fc from 'fast-check';
import type { ColumnMetadata, Kysely } from 'kysely';

import { openIndex } from './index-database.js';
import type { OpenIndex } from './open-index.js';
import { rowsKnownAt } from './known-at.js';
import { RowsInFront } from './rows-in-front.js';
import { pastOf, replacedTables } from './past-rows.js';
import { emptyRows, primaryKeys } from './rows.js';
import type { RowTable } from './rows.js';
import type { IndexDatabase } from './tables/index.js';
import { placeOfIndex } from '../testing/test-index.js';

const tables = Object.keys(primaryKeys) as RowTable[];

/** A row that a block writes: which of two keys of which table, and what the rest says. */
interface Written {
  readonly table: RowTable;
  readonly key: number;
  readonly rest: number;
}

/** What the blocks of a chain write into a few tables. */
const chains = fc
  .shuffledSubarray(
    tables.filter((table) => table !== 'block'),
    { minLength: 1, maxLength: 4 },
  )
  .chain((some) => {
    const written = fc.record({ table: fc.constantFrom(...some), key: fc.nat(1), rest: fc.nat(9) });
    const blocks = fc.array(fc.array(written, { maxLength: 8 }), { minLength: 1, maxLength: 8 });
    return fc.record({ some: fc.constant([...some, 'block' as const]), blocks });
  });

describe('the index as known at a block', function () {
  this.timeout(120_000);
  let folder: string;
  let index: OpenIndex;

  const knownAt = (block: number) =>
    index.rows.withPlugin(new RowsInFront((table) => rowsKnownAt(table, block)));
  const columns = new Map<string, readonly ColumnMetadata[]>();
  const columnsOf = (table: string): readonly ColumnMetadata[] => columns.get(table) ?? [];
  const rowOf = (block: number, { table, key, rest }: Written): Record<string, unknown> => {
    const value = ({ name, dataType }: ColumnMetadata): unknown => {
      if (name === 'block') return block;
      const keyed = primaryKeys[table].some((column) => column === name);
      if (/blob|bytea/i.test(dataType)) return Uint8Array.of(key, rest);
      if (/^int/i.test(dataType)) return keyed ? key : rest;
      return keyed ? String(key) : `${String(key)} ${String(rest)}`;
    };
    return Object.fromEntries(columnsOf(table).map((column) => [column.name, value(column)]));
  };
  const write = (block: number, changes: readonly Written[]): void => {
    const rows = emptyRows() as unknown as Record<RowTable, unknown[]>;
    const ofBlock = Object.fromEntries(columnsOf('block').map(({ name }) => [name, block]));
    rows.block.push({ ...ofBlock, header_hash: `hash ${String(block)}` });
    for (const change of changes) rows[change.table].push(rowOf(block, change));
    index.writer.write(rows as never);
  };
  const read = async (
    database: Kysely<IndexDatabase>,
    some: readonly RowTable[],
  ): Promise<Record<string, unknown>> => {
    const contents = some.map(async (table) => {
      const query = primaryKeys[table].reduce(
        (sorted, column) => sorted.orderBy(column as never),
        database.selectFrom(table as 'hold').selectAll(),
      );
      return [table, await query.execute()] as const;
    });
    return Object.fromEntries(await Promise.all(contents));
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'passage-known-'));
    index = await openIndex(await placeOfIndex(folder));
    for (const { name, columns: known } of await index.rows.introspection.getTables())
      columns.set(name, known);
  });
  afterEach(async () => {
    await index.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('has of every table the rows that it had then, whatever was written since', async () => {
    await fc.assert(
      fc.asyncProperty(chains, async ({ some, blocks }) => {
        for (const table of [...tables, ...replacedTables.map(pastOf)]) {
          await index.rows.deleteFrom(table as 'hold').execute();
        }
        const then: unknown[] = [];
        for (const [block, changes] of blocks.entries()) {
          write(block, changes);
          then.push(await read(index.rows, some));
        }
        for (const [block, rows] of then.entries()) {
          expect(await read(knownAt(block), some)).to.deep.equal(rows);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keeps of what a row was every column', () => {
    for (const table of replacedTables) {
      const names = (of: string): readonly string[] => columnsOf(of).map(({ name }) => name);
      expect(names(pastOf(table)), table).to.deep.equal(names(table));
    }
  });

  it('sees subqueries and joins as they were then', async () => {
    const hold = (block: number, rest: number): void => {
      write(block, [{ table: 'hold', key: 1, rest }]);
    };
    hold(0, 5);
    hold(1, 6);
    const known = knownAt(0);
    const ucrs = known.selectFrom('hold').select('ucr').where('kind', '=', '1 5');
    const found = known
      .selectFrom('hold as it')
      .innerJoin('block', 'block.number', 'it.block')
      .select(['it.kind', 'block.header_hash'])
      .where('it.ucr', 'in', ucrs);
    expect(await found.execute()).to.deep.equal([{ kind: '1 5', header_hash: 'hash 0' }]);
  });

  it('ends with the block, and has no world state and no way to write', async () => {
    write(0, []);
    write(1, []);
    const known = knownAt(0);
    const head = await known.selectFrom('head').select(['number', 'header_hash']).execute();
    expect(head).to.deep.equal([{ number: 0, header_hash: 'hash 0' }]);
    expect(() => known.selectFrom('state').selectAll().compile()).to.throw('state');
    expect(() => known.deleteFrom('hold').compile()).to.throw('never written');
  });
});
