import { sql } from 'kysely';
import type { Kysely } from 'kysely';

import { RowList } from '../paging/row-list.js';
import type { Rows } from '../paging/row-list.js';
import type { IndexDatabase, LineageTable } from './tables/index.js';

/** Where things come from, or where they went. */
export type Way = 'upstream' | 'downstream';

/** A lot (`lot:<id>`) or consignment (UCR) on the way, and how many steps lie between. */
export interface LineageStep {
  readonly thing: string;
  readonly depth: number;
}

/** How far and how much is followed. */
export interface LineageBounds {
  readonly depth: number;
  /** The most steps that one walk takes. */
  readonly steps: number;
}

/** What the gateway reads of what went into what from its index. */
export class LineageReader {
  readonly #rows: Kysely<IndexDatabase>;

  constructor(rows: Kysely<IndexDatabase>) {
    this.#rows = rows;
  }

  /**
   * Everything on the way from a thing, the nearest first, each once: by the shortest way, though several lead to it. One recursive
   * query; a circle, which colluding endorsers could write, ends with the depth.
   */
  walk(start: string, way: Way, bounds: LineageBounds): Rows<LineageStep> {
    const rows = this.#walked(start, way, bounds)
      .selectFrom((query) =>
        query
          .selectFrom('taken')
          .select(['taken.thing', (e) => e.fn.min<number>('taken.depth').as('depth')])
          .where('taken.thing', '<>', start)
          .groupBy('taken.thing')
          .as('step'),
      )
      .selectAll();
    return new RowList(rows, { list: way, columns: ['step.depth', 'step.thing'] });
  }

  /** Whether a walk left anything out: because it is further than the depth, or more than the steps. */
  async isCut(start: string, way: Way, bounds: LineageBounds): Promise<boolean> {
    const [near] = endsOf(way);
    const { count } = await this.#walked(start, way, bounds)
      .selectFrom('taken')
      .select((e) => e.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    if (count >= bounds.steps) return true;
    const further = await this.#walked(start, way, bounds)
      .selectFrom('taken')
      .innerJoin('lineage', `lineage.${near}`, 'taken.thing')
      .select('taken.thing')
      .where('taken.depth', '=', bounds.depth)
      .limit(1)
      .executeTakeFirst();
    return further !== undefined;
  }

  /**
   * The recursive query that both rest on, as the common table expression `taken`. The walk ends with its steps: databases go on with a
   * recursion only while its rows are taken.
   */
  #walked(start: string, way: Way, { depth, steps }: LineageBounds) {
    const [near, far] = endsOf(way);
    return this.#rows
      .withRecursive('way(thing, depth)', (query) =>
        query
          .selectFrom(sql<LineageStep>`(SELECT ${start} AS thing, 0 AS depth)`.as('start'))
          .select(['start.thing', 'start.depth'])
          .union(
            query
              .selectFrom('way')
              .innerJoin('lineage', `lineage.${near}`, 'way.thing')
              .select([`lineage.${far} as thing`, sql<number>`way.depth + 1`.as('depth')])
              .where('way.depth', '<', depth),
          ),
      )
      .with('taken', (query) => query.selectFrom('way').selectAll().limit(steps));
  }

  /** What a thing went into (`upstream`: it lies behind these), or what went into it. */
  links(thing: string, way: Way): Rows<LineageTable> {
    const [, own] = endsOf(way);
    const rows = this.#rows.selectFrom('lineage').selectAll().where(own, '=', thing);
    return new RowList(rows, { list: `${way}Links`, columns: ['input', 'output', 'kind', 'cause'] });
  }
}

/** Of a link: the end that is nearer to where the walk began, and the other one. */
function endsOf(way: Way): readonly ['output' | 'input', 'output' | 'input'] {
  return way === 'upstream' ? ['output', 'input'] : ['input', 'output'];
}
