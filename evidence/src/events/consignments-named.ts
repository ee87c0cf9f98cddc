import { isUcr, parseKey, ucrOfUri } from '@passage/domain';
import { jsonOf } from './recorded-statements.js';
import type { JsonValue } from '@passage/domain';
import type { LedgerTransaction } from './ledger-transaction.js';

/** A record that names a consignment, by its key. */
export interface NamedIn {
  readonly ucr: string;
  readonly key: string;
}

/** Kinds of keys that are bookkeeping, and say nothing of goods. */
const BOOKKEEPING: ReadonlySet<string> = new Set(['request', 'statement']);

/**
 * Which records of a transaction name which consignments: a UCR stands in the key as a segment, or anywhere in the value as a
 * text of its own or as a URI `urn:passage:ucr:…`. So a kind of record that is invented tomorrow is found as well.
 */
export function recordsNaming({ writes, forged = [] }: LedgerTransaction): readonly NamedIn[] {
  const ofKey = [...writes, ...forged].flatMap(({ key }) =>
    idsOf(key)
      .filter(isUcr)
      .map((ucr) => ({ ucr, key })),
  );
  const ofValue = writes.flatMap(({ key, value }) => {
    const json = value && idsOf(key).length > 0 ? jsonOf(value) : undefined;
    return json === undefined ? [] : ucrsIn(json).map((ucr) => ({ ucr, key }));
  });
  return [...new Map([...ofKey, ...ofValue].map((named) => [`${named.ucr} ${named.key}`, named])).values()];
}

/** The ids in a key of ours; none in bookkeeping, and in a key that no builder makes. */
function idsOf(key: string): readonly string[] {
  const parsed = parseKey(key);
  return parsed === undefined || BOOKKEEPING.has(parsed.kind) ? [] : parsed.ids;
}

function ucrsIn(value: JsonValue): readonly string[] {
  if (typeof value === 'string')
    return isUcr(value) ? [value] : [ucrOfUri(value)].filter((ucr) => ucr !== undefined);
  if (typeof value !== 'object' || value === null) return [];
  const nested: readonly JsonValue[] = Array.isArray(value) ? value : Object.values(value);
  return nested.flatMap(ucrsIn);
}
