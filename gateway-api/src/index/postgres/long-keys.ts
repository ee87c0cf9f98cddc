import { createHash } from 'node:crypto';

import type { Migration } from '../migrate.js';

/*
 * A row of a B-tree has a third of a page at most (postgresql.org/docs, 11.2), and whoever endorses may write keys of any length. A key
 * that is longer stands in the table by its beginning and its SHA-256, with 0xFF between, which is no byte of UTF-8: so it meets no
 * other key and keeps the place that its beginning gives it. The column `whole` has it in full.
 */

/** Bytes of a key that stands as it is, and of the beginning of a longer one. */
const MOST = 1_000;
const BEGINNING = 900;

export const longKeys: Migration = {
  name: 'postgres_long_keys',
  statements: ['ALTER TABLE state ADD COLUMN whole BLOB'],
};

/** The world state with whole keys, in the columns that every index has. */
export const STATE = `(SELECT namespace, coalesce(whole, key) AS key, value, block, tx, metadata FROM state) AS state`;

/** The columns of a key. */
export interface StoredKey {
  /** Its name in the table. */
  readonly key: Uint8Array;
  /** All of it; null where the name is. */
  readonly whole: Uint8Array | null;
}

export function columnsOf(key: string): StoredKey {
  const whole = Buffer.from(key);
  if (whole.length <= MOST) return { key: whole, whole: null };
  const digest = createHash('sha256').update(whole).digest();
  return { key: Buffer.concat([whole.subarray(0, BEGINNING), Buffer.of(0xff), digest]), whole };
}

/** Bounds of names, between which the names of all keys from `start` on and before `end` lie. */
export function boundsOf(start: string, end: string): readonly [from: Buffer, to: Buffer] {
  const to = Buffer.from(end);
  const isShort = to.length <= BEGINNING;
  return [
    Buffer.from(start).subarray(0, BEGINNING),
    // Behind every name with this beginning: of a long key, that is 0xFF and 32 bytes of a digest.
    isShort ? to : Buffer.concat([to.subarray(0, BEGINNING), Buffer.alloc(34, 0xff)]),
  ];
}

/** Of rows between such bounds, those whose keys are from `start` on and before `end` (the last key where it is empty), in order. */
export function within<Row extends Pick<StoredKey, 'key' | 'whole'>>(
  rows: readonly Row[],
  start: string,
  end: string,
): readonly Row[] {
  const [from, to] = [Buffer.from(start), Buffer.from(end)];
  const bytes = ({ key, whole }: Row): Uint8Array => whole ?? key;
  return rows
    .filter((row) => from.compare(bytes(row)) <= 0 && (to.length === 0 || to.compare(bytes(row)) > 0))
    .sort((one, other) => Buffer.compare(bytes(one), bytes(other)));
}
