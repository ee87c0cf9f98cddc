import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { NetworkError } from '../errors.js';
import { isSqliteError, SQLITE_BUSY } from './sqlite-error.js';

/** A held lock of a ledger folder. */
export interface FolderLock {
  release(): void;
}

/**
 * Takes a ledger's folder for this process alone. The lock is the operating system's, held through an empty SQLite file, so
 * that a process which dies leaves none behind; a file beside it only tells others who holds it.
 *
 * @throws NetworkError LEDGER_LOCKED, naming the process id of the holder.
 */
export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const holderFile = join(folder, 'holder');
  const database = new DatabaseSync(join(folder, 'lock.sqlite'), { timeout: 0 });
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    throw isSqliteError(error, SQLITE_BUSY) ? locked(folder, holderFile) : error;
  }
  writeFileSync(holderFile, String(process.pid));
  return {
    release: () => {
      database.close();
    },
  };
}

function locked(folder: string, holderFile: string): NetworkError {
  const holder = readFileSync(holderFile, { encoding: 'utf8', flag: 'a+' }) || 'unknown';
  return new NetworkError(
    'LEDGER_LOCKED',
    `process ${holder} is running on ${folder}: stop it first, or choose another folder with --dir`,
  );
}
