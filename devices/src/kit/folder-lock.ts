import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DeviceError, messageOf } from '../errors/device-error.js';

/** SQLITE_BUSY: another connection holds the lock (SQLite result codes). */
const busy = 5;

/** Keeps every other process away from a folder until released. */
export interface FolderLock {
  release(): void;
}

/**
 * Takes the folder for this process, or refuses. The lock is an exclusive transaction on an empty SQLite file: the operating
 * system lets go of it when the process ends, however it ends, so that no stale lock is ever in the way.
 *
 * @throws DeviceError DEVICE_LOCKED when it is taken, FILE_UNUSABLE when the folder cannot be written.
 */
export function lockFolder(folder: string): FolderLock {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(join(folder, 'lock'));
    database.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = OFF; BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    if ((error as { errcode?: number }).errcode === busy) {
      throw new DeviceError('DEVICE_LOCKED', `Another process has opened the device in ${folder}.`);
    }
    throw new DeviceError('FILE_UNUSABLE', `The folder ${folder} cannot be locked: ${messageOf(error)}.`);
  }
  const held = database;
  return {
    release: () => {
      if (held.isOpen) held.close();
    },
  };
}
