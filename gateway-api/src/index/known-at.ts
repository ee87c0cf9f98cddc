import {
  CommonTableExpressionNameNode,
  CommonTableExpressionNode,
  OperationNodeTransformer,
  WithNode,
  sql,
} from 'kysely';
import type {
  KyselyPlugin,
  OperationNode,
  PluginTransformQueryArgs,
  PluginTransformResultArgs,
  QueryResult,
  RawBuilder,
  ReferenceNode,
  RootOperationNode,
  SelectQueryNode,
  TableNode,
  UnknownRow,
} from 'kysely';

import { pastOf, replacedTables } from './past-rows.js';
import { primaryKeys } from './rows.js';
import type { RowTable } from './rows.js';

/**
 * Lets every query see the index as it stood after a block: each table that a query names is put in front of it under the same
 * name (a common table expression), with the rows that stood then. So whatever reads the index reads its past as well.
 */
export class KnownAt implements KyselyPlugin {
  readonly #block: number;

  constructor(block: number) {
    this.#block = block;
  }

  transformQuery({ node }: PluginTransformQueryArgs): RootOperationNode {
    if (node.kind !== 'SelectQueryNode') throw new Error('the past is read, never written');
    const tables = [...tablesIn(node)].map((table) =>
      CommonTableExpressionNode.create(
        CommonTableExpressionNameNode.create(table),
        sql`(${rowsKnownAt(table, this.#block)})`.toOperationNode(),
      ),
    );
    const [first, ...others] = tables.map((table) => ({ ...table, materialized: false }));
    if (!first) return node;
    const known = others.reduce(
      (all, table) => WithNode.cloneWithExpression(all, table),
      WithNode.create(first),
    );
    return { ...node, with: known };
  }

  transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return Promise.resolve(result);
  }
}

/** A table's rows as they stood after a block. Named with its database, a table is not taken for the expression of its name. */
function rowsKnownAt(table: string, block: number): RawBuilder<unknown> {
  const stored = sql.table(`main.${table}`);
  if (table === 'head') {
    return sql`SELECT 1 AS id, number, header_hash, NULL AS head FROM main.block WHERE number = ${block}`;
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

/** The names of the tables that a query reads, those of its subqueries too. */
function tablesIn(node: OperationNode): ReadonlySet<string> {
  const found = new TableNames();
  found.transformNode(node);
  return found.names;
}

class TableNames extends OperationNodeTransformer {
  readonly names = new Set<string>();

  protected override transformTable(table: TableNode): TableNode {
    this.names.add(table.table.identifier.name);
    return table;
  }

  /** A subquery that was made by the same reader brings its own past. */
  protected override transformSelectQuery(query: SelectQueryNode): SelectQueryNode {
    return query.with === undefined ? super.transformSelectQuery(query) : query;
  }

  /** A column may be of an alias, which is no table. */
  protected override transformReference(reference: ReferenceNode): ReferenceNode {
    return reference;
  }
}
