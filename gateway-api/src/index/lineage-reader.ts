import { sql } from 'kysely';
import type { Kysely, SelectQueryBuilder } from 'kysely';

import { Listed } from '../paging/listed.js';
import { RowList } from '../paging/row-list.js';
import type { Rows } from '../paging/row-list.js';
import { amongKeys } from './gathered.js';
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

/** The steps that a walk took, and whether it left anything out. */
interface Walked {
  readonly steps: readonly LineageStep[];
  readonly isCut: boolean;
}

/** What the gateway reads of what went into what from its index. */
export class LineageReader {
  readonly #rows: Kysely<IndexDatabase>;

  constructor(rows: Kysely<IndexDatabase>) {
    this.#rows = rows;
  }

  /**
   * Everything on the way from a thing, the nearest first, each once: by the shortest way, though several lead to it. Read step by
   * step, all things of a step in one query, so that each link is read once however many ways lead over it; a circle, which
   * colluding endorsers could write, leads to nothing new.
   */
  walk(start: string, way: Way, bounds: LineageBounds): Rows<LineageStep> {
    const list = async (): Promise<Listed<LineageStep>> => {
      const { steps } = await this.#walked(start, way, bounds);
      return new Listed(way, steps, ({ depth, thing }) => [depth, thing]);
    };
    return {
      all: async () => (await this.#walked(start, way, bounds)).steps,
      count: async () => (await list()).count(),
      page: async (args) => (await list()).page(args),
    };
  }

  /** Whether a walk left anything out: because it is further than the depth, or more than the steps. */
  async isCut(start: string, way: Way, bounds: LineageBounds): Promise<boolean> {
    return (await this.#walked(start, way, bounds)).isCut;
  }

  async #walked(start: string, way: Way, { depth, steps: most }: LineageBounds): Promise<Walked> {
    const known = new Set([start]);
    const steps: LineageStep[] = [];
    let step = [start];
    for (let far = 1; ; far++) {
      // What is known is as much as all steps at most, so that twice as many things have enough new ones among them.
      step = (await this.#beyond(step, way, 2 * most + 1)).filter((thing) => !known.has(thing));
      if (step.length === 0) return { steps, isCut: false };
      if (far > depth) return { steps, isCut: true };
      for (const thing of step) {
        if (steps.length === most) return { steps, isCut: true };
        known.add(thing);
        steps.push({ thing, depth: far });
      }
    }
  }

  /** What is one step further than any of some things, each once, in the order of names; at most so many. */
  async #beyond(things: readonly string[], way: Way, most: number): Promise<readonly string[]> {
    const further = this.#further(things, way);
    const linked = await this.#inOneText(further.limit(most));
    // A step is sorted here in a fraction of the time; only what is cut short has to be sorted before that.
    if (linked.length < most) return [...new Set(linked)].sort();
    return this.#inOneText(further.distinct().orderBy('thing').limit(most));
  }

  /** The far ends of all links from some things. */
  #further(
    things: readonly string[],
    way: Way,
  ): SelectQueryBuilder<IndexDatabase, 'lineage', { thing: string }> {
    const [near, far] = endsOf(way);
    // The things are looked up one by one, whatever the database expects of them.
    return this.#rows
      .selectFrom(sql<{ value: string }>`${amongKeys(things)}`.as('known'))
      .crossJoin('lineage')
      .select(`lineage.${far} as thing`)
      .whereRef(`lineage.${near}`, '=', 'known.value');
  }

  /** All things of a query at once: to read each as a row costs more than to find it. */
  async #inOneText(
    query: SelectQueryBuilder<IndexDatabase, 'lineage', { thing: string }>,
  ): Promise<readonly string[]> {
    const { things } = await this.#rows
      .selectFrom(query.as('found'))
      .select(sql<string>`json_group_array(found.thing)`.as('things'))
      .executeTakeFirstOrThrow();
    return JSON.parse(things) as readonly string[];
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
