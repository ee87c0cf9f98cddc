import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';

import { pastOf, replacedTables } from './past-rows.js';
import { primaryKeys } from './rows.js';
import type { RowTable } from './rows.js';

/** A table's rows as they stood after a block. Named with its database, a table is not taken for the expression of its name. */
export function rowsKnownAt(table: string, block: number): RawBuilder<unknown> {
  const stored = sql.table(`main.${table}`);
  if (table === 'head') {
    return sql`SELECT 1 AS id, number, header_hash, NULL AS head, (SELECT linked_to FROM main.head) AS linked_to
      FROM main.block WHERE number = ${block}`;
  }
  if (table === 'block') return sql`SELECT * FROM ${stored} WHERE number <= ${block}`;
  if (!isRowTable(table)) throw new Error(`what ${table} was at a block is not kept`);
  if (!replacedTables.includes(table)) return sql`SELECT * FROM ${stored} WHERE block <= ${block}`;
  const past = sql.table(`main.${pastOf(table)}`);
  const same = sql.join(
    primaryKeys[table].map((column) => sql`newer.${sql.ref(column)} = old.${sql.ref(column)}`),
    sql` AND `,
  );
  return sql`SELECT * FROM ${stored} WHERE block <= ${block}
    UNION ALL SELECT * FROM ${past} AS old WHERE block <= ${block}
      AND NOT EXISTS (SELECT 1 FROM ${stored} AS newer WHERE ${same} AND newer.block <= ${block})
      AND NOT EXISTS (SELECT 1 FROM ${past} AS newer
        WHERE ${same} AND newer.block > old.block AND newer.block <= ${block})`;
}

function isRowTable(table: string): table is RowTable {
  return table in primaryKeys;
}
