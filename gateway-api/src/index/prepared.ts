import { sql } from 'kysely';
import type { CompiledQuery, Kysely, RawBuilder } from 'kysely';

import type { IndexDatabase } from './tables/index.js';

/** Stands in a prepared query for a value that is given each time it is asked. */
class Slot {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** The place of a value of this name in a prepared query. */
export function slot<Value>(name: string): RawBuilder<Value> {
  return sql.val(new Slot(name)) as RawBuilder<unknown> as RawBuilder<Value>;
}

/** A query that can be put into SQL. */
export interface Preparable<Row> {
  readonly compile: () => CompiledQuery<Row>;
}

/** The values for a prepared query's slots, by their names. */
export type SlotValues = Readonly<Record<string, string | number>>;

/**
 * A query that is put into SQL once, when it is first asked, and asked with other values each time: for what most answers begin
 * with, putting it into SQL costs several times what the database needs. It remembers no rows.
 */
export class Prepared<Row> {
  readonly #database: Kysely<IndexDatabase>;
  readonly #query: Preparable<Row>;
  #compiled: CompiledQuery<Row> | undefined;

  /** `query` is of `database`, so that what stands in front of its tables stands in the SQL. */
  constructor(database: Kysely<IndexDatabase>, query: Preparable<Row>) {
    this.#database = database;
    this.#query = query;
  }

  /** Throws TypeError where a slot has no value. */
  async all(values: SlotValues): Promise<Row[]> {
    const compiled = (this.#compiled ??= this.#query.compile());
    const parameters = compiled.parameters.map((each) =>
      each instanceof Slot ? filled(each, values) : each,
    );
    const { rows } = await this.#database.executeQuery<Row>({ ...compiled, parameters });
    return rows;
  }

  async first(values: SlotValues): Promise<Row | undefined> {
    return (await this.all(values))[0];
  }
}

function filled({ name }: Slot, values: SlotValues): string | number {
  const value = values[name];
  if (value === undefined) throw new TypeError(`the query was given no ${name}`);
  return value;
}
