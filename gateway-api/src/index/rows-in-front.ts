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

import type { IndexDatabase } from './tables/index.js';

/** The rows that stand for a table's; undefined where they are its own. */
export type RowsFor = (table: keyof IndexDatabase) => RawBuilder<unknown> | undefined;

/**
 * Lets every query see other rows than the tables have: those that a table is to have for it are put in front of it under the
 * table's name (a common table expression). So whatever reads the index reads these, and no reader can forget it.
 */
export class RowsInFront implements KyselyPlugin {
  readonly #rowsFor: RowsFor;

  constructor(rowsFor: RowsFor) {
    this.#rowsFor = rowsFor;
  }

  transformQuery({ node }: PluginTransformQueryArgs): RootOperationNode {
    if (node.kind !== 'SelectQueryNode')
      throw new Error('what stands in front of tables is read, never written');
    const own = node.with?.expressions ?? [];
    const named = new Set(own.map(({ name }) => name.table.table.identifier.name));
    const read = [...tablesIn(node)].filter((table) => !named.has(table));
    const tables = read.flatMap((table) => {
      const rows = this.#rowsFor(table as keyof IndexDatabase);
      return rows === undefined
        ? []
        : [
            CommonTableExpressionNode.create(
              CommonTableExpressionNameNode.create(table),
              sql`(${rows})`.toOperationNode(),
            ),
          ];
    });
    const [first, ...others] = tables.map((table) => ({ ...table, materialized: false }));
    if (!first) return node;
    // What the query itself names so comes behind them, for it may read them.
    const known = [...others, ...own].reduce(
      (all, table) => WithNode.cloneWithExpression(all, table),
      WithNode.create(first, node.with?.recursive === true ? { recursive: true } : {}),
    );
    return { ...node, with: known };
  }

  transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return Promise.resolve(result);
  }
}

/** The names of the tables that a query reads, those of its subqueries too. */
function tablesIn(node: OperationNode): ReadonlySet<string> {
  const found = new TableNames(node);
  found.transformNode(node);
  return found.names;
}

class TableNames extends OperationNodeTransformer {
  readonly names = new Set<string>();
  readonly #whole: OperationNode;

  constructor(whole: OperationNode) {
    super();
    this.#whole = whole;
  }

  protected override transformTable(table: TableNode): TableNode {
    this.names.add(table.table.identifier.name);
    return table;
  }

  /** A subquery that was made by the same reader brings its own rows. */
  protected override transformSelectQuery(query: SelectQueryNode): SelectQueryNode {
    return query.with === undefined || query === this.#whole ? super.transformSelectQuery(query) : query;
  }

  /** A column may be of an alias, which is no table. */
  protected override transformReference(reference: ReferenceNode): ReferenceNode {
    return reference;
  }
}
