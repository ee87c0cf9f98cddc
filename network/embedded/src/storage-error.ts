import { NetworkError, systemCode } from './errors.js';
import { isSqliteError, SQLITE_FULL } from './store/sqlite-error.js';

/** What file systems answer when there is no room: the disk's, the user's quota, a limit on the file's size. */
const NO_ROOM = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Runs something that writes; a full disk becomes STORAGE_FULL. */
export async function needsRoom<T>(folder: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isFull = NO_ROOM.has(systemCode(error) ?? '') || isSqliteError(error, SQLITE_FULL);
    if (!isFull) throw error;
    throw new NetworkError(
      'STORAGE_FULL',
      `there is no room left for ${folder}: free some, and the network goes on`,
      {
        cause: error,
      },
    );
  }
}
