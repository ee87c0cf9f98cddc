import { sql } from 'kysely';
import type { Kysely, SelectQueryBuilder } from 'kysely';

import { Listed } from '../paging/listed.js';
import { RowList } from '../paging/row-list.js';
import type { Rows } from '../paging/row-list.js';
import { keyList } from './gathered.js';
import { Prepared, slot } from './prepared.js';
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
  /** By way and how many are taken of a step; few: the limits are the gateway's own. */
  readonly #steps = new Map<string, PreparedStep>();

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
      step = newAmong(await this.#beyond(step, way, 2 * most + 1), known);
      if (step.length === 0) return { steps, isCut: false };
      if (far > depth) return { steps, isCut: true };
      for (const thing of step) {
        if (steps.length === most) return { steps, isCut: true };
        steps.push({ thing, depth: far });
      }
    }
  }

  /** What is one step further than any of some things; where that is more than so many, the first of them in the order of names. */
  async #beyond(things: readonly string[], way: Way, most: number): Promise<readonly string[]> {
    const name = `${way} ${String(most)}`;
    const step = this.#steps.get(name) ?? preparedStep(this.#rows, way, most);
    this.#steps.set(name, step);
    const values = { things: keyList(things) };
    const linked = inOneText(await step.any.first(values));
    // Sorted and told apart by the reader in a fraction of the time; only what is cut short has to be before that.
    return linked.length < most ? linked : inOneText(await step.first.first(values));
  }

  /** What a thing went into (`upstream`: it lies behind these), or what went into it. */
  links(thing: string, way: Way): Rows<LineageTable> {
    const [, own] = endsOf(way);
    const rows = this.#rows.selectFrom('lineage').selectAll().where(own, '=', thing);
    return new RowList(rows, { list: `${way}Links`, columns: ['input', 'output', 'kind', 'cause'] });
  }
}

/** Those things that are not known yet, each once, in the order of names; they are known from now on. */
function newAmong(things: readonly string[], known: Set<string>): string[] {
  const found: string[] = [];
  for (const thing of things) {
    if (known.has(thing)) continue;
    known.add(thing);
    found.push(thing);
  }
  return found.sort();
}

/** All things of an answer at once: to read each as a row costs more than to find it. */
interface InOneText {
  readonly things: string;
}

/** One step of a walk, put into SQL once: what lies beyond the things in its slot, in any order or the first by their names. */
interface PreparedStep {
  readonly any: Prepared<InOneText>;
  readonly first: Prepared<InOneText>;
}

function preparedStep(rows: Kysely<IndexDatabase>, way: Way, most: number): PreparedStep {
  const [near, far] = endsOf(way);
  // The things are looked up one by one, whatever the database expects of them.
  const further = rows
    .selectFrom(sql<{ value: string }>`(SELECT value FROM json_each(${slot<string>('things')}))`.as('known'))
    .crossJoin('lineage')
    .select(`lineage.${far} as thing`)
    .whereRef(`lineage.${near}`, '=', 'known.value');
  const prepared = (query: SelectQueryBuilder<IndexDatabase, 'lineage', { thing: string }>) =>
    new Prepared(
      rows,
      rows.selectFrom(query.as('found')).select(sql<string>`json_group_array(found.thing)`.as('things')),
    );
  return {
    any: prepared(further.limit(most)),
    first: prepared(further.distinct().orderBy('thing').limit(most)),
  };
}

function inOneText(answer: InOneText | undefined): readonly string[] {
  return JSON.parse(answer?.things ?? '[]') as readonly string[];
}

/** Of a link: the end that is nearer to where the walk began, and the other one. */
function endsOf(way: Way): readonly ['output' | 'input', 'output' | 'input'] {
  return way === 'upstream' ? ['output', 'input'] : ['input', 'output'];
}
