import { encodeRecord, type StateEntry } from '../state/codec.js';
import { parseKey } from '../state/keys.js';
import type { Operation } from './operation.js';

/** One key and the bytes to be stored under it. */
export interface StateWrite {
  readonly key: string;
  readonly value: Uint8Array;
}

/**
 * The exact write set of a decision, in the byte order of its keys.
 *
 * @throws Error where the operation writes a kind of key that it has not declared: a fault of ours, which would make the
 *   page of rules a lie.
 */
export function writeSet(
  operation: Pick<Operation, 'name' | 'writes'>,
  entries: readonly StateEntry[],
): readonly StateWrite[] {
  for (const { key } of entries) {
    const kind = parseKey(key)?.kind;
    if (kind === undefined || !operation.writes.includes(kind)) {
      throw new Error(`${operation.name} writes ${key}, a kind of key that it has not declared`);
    }
  }
  // Keys are ASCII, so the order of their UTF-16 units is that of their bytes.
  return entries
    .map(({ key, record }) => ({ key, value: encodeRecord(record) }))
    .sort((one, other) => (one.key < other.key ? -1 : 1));
}
