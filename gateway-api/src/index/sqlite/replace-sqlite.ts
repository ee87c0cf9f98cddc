import { closeSync, existsSync, fsyncSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';

import { isDamaged, openSqlite } from '../sqlite.js';
import { removeSqliteFile } from './sqlite-index.js';

/**
 * Puts one SQLite file, which is closed, in the place of another, which nobody has open: at every moment the one or the other is there
 * whole. What the old one had in its log goes into it first, for a log that lies there belongs to whatever has its name.
 */
export function replaceSqliteFile(place: string, by: string): void {
  if (existsSync(place)) emptyLog(place);
  syncFile(by);
  renameSync(by, place);
  syncFile(dirname(place));
}

function emptyLog(place: string): void {
  try {
    const database = openSqlite(place, { durable: true, exclusive: false });
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    database.close();
  } catch (error) {
    if (!isDamaged(error)) throw error;
    removeSqliteFile(place);
  }
}

function syncFile(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
