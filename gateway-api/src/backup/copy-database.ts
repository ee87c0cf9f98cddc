import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** A consistent copy of an open database, as of this moment (sqlite.org/lang_vacuum.html, VACUUM INTO). Replaces an earlier copy. */
export async function copyDatabase<T>(database: Kysely<T>, to: string): Promise<void> {
  const fresh = `${to}.new`;
  rmSync(fresh, { force: true });
  await sql`VACUUM INTO ${fresh}`.execute(database);
  putInPlace(fresh, to);
}

/** Makes a finished file the one at a path, whole or not at all, also when the power fails. */
export function putInPlace(fresh: string, path: string): void {
  sync(fresh);
  renameSync(fresh, path);
  sync(dirname(path));
}

/** Moves a database away with what belongs to it. */
export function moveAside(path: string, to: string): void {
  for (const end of ['', '-wal', '-shm']) if (existsSync(path + end)) renameSync(path + end, to + end);
}

function sync(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
