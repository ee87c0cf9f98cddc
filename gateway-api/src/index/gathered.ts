import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';

/**
 * Makes one read of many: keys that are asked for in one turn (the nodes of a page ask all at once) are read together, each once.
 * Nothing is remembered: every answer was read after it was asked for. `read` gives one value for each of the keys, in their order.
 */
export function gathered<Key extends string | number, Value>(
  read: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>,
): (key: Key) => Promise<Value | undefined> {
  let turn: { readonly keys: Set<Key>; readonly values: Promise<ReadonlyMap<Key, Value>> } | undefined;
  return async (key) => {
    if (turn === undefined) {
      const keys = new Set<Key>();
      const values = Promise.resolve().then(() => {
        turn = undefined;
        return read([...keys]);
      });
      turn = { keys, values };
    }
    turn.keys.add(key);
    return (await turn.values).get(key);
  };
}

/** The keys as the rows of a subquery: one text of SQL, however many they are. All of them are texts, or all are numbers. */
export function amongKeys(keys: readonly (string | number)[]): RawBuilder<string & number> {
  const isOfNumbers = typeof keys[0] === 'number';
  return isOfNumbers
    ? sql`(SELECT CAST(value AS BIGINT) FROM json_each(${keyList(keys)}))`
    : sql`(SELECT value FROM json_each(${keyList(keys)}))`;
}

/** The keys as JSON of every database can say them. */
export function keyList(keys: readonly (string | number)[]): string {
  const list = JSON.stringify(keys);
  // What a database may not take is an escape in JSON (ECMA-262, QuoteJSONString): most lists have none.
  return list.includes('\\u') ? JSON.stringify(keys.map(askable)) : list;
}

/** A key that every database takes: no row has one that is changed by it, for the rules refuse such texts. */
function askable(key: string | number): string | number {
  return typeof key === 'string' ? key.toWellFormed().replaceAll('\0', '\uFFFD') : key;
}

/** The same of keys of two numbers, each a JSON array. */
export function amongPairs(pairs: readonly string[]): RawBuilder<unknown> {
  return sql`(SELECT CAST(json_extract(value, '$[0]') AS BIGINT), CAST(json_extract(value, '$[1]') AS BIGINT)
    FROM json_each(${`[${pairs.join(',')}]`}))`;
}
