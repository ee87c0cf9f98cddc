import type { TableRow } from '../rows.js';
import { storedText } from './texts.js';

type Value = TableRow[string];

/** Rows as `json_populate_recordset` reads them: bytes in PostgreSQL's hex form (bytea). */
export function jsonOf(rows: Iterable<TableRow>): string {
  return JSON.stringify(
    Array.from(rows, (row) =>
      Object.fromEntries(Object.entries(row).map(([column, value]) => [column, inJson(value)])),
    ),
  );
}

function inJson(value: Value): Value {
  if (typeof value === 'string') return storedText(value);
  return value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : value;
}
