import { join } from 'node:path';

import { needsRoom } from '../storage-error.js';
import { BlockFiles } from './block-files.js';
import { lockFolder, type FolderLock } from './folder-lock.js';
import { PrivateStore } from './private-store.js';
import { StateStore } from './state-store.js';

/** What a ledger's folder holds, opened. */
export interface LedgerParts {
  readonly folder: string;
  readonly lock: FolderLock;
  readonly files: BlockFiles;
  readonly state: StateStore;
  readonly privateData: PrivateStore;
}

/**
 * Takes the folder for this process and opens its files.
 *
 * @throws NetworkError LEDGER_LOCKED, STORAGE_FULL
 */
export async function openParts(folder: string): Promise<LedgerParts> {
  const lock = lockFolder(folder);
  try {
    return await needsRoom(folder, async () => {
      const state = new StateStore(join(folder, 'state.sqlite'));
      const privateData = new PrivateStore(join(folder, 'private.sqlite'));
      return { folder, lock, state, privateData, files: await BlockFiles.open(folder) };
    });
  } catch (error) {
    lock.release();
    throw error;
  }
}

export async function closeParts({ lock, files, state, privateData }: LedgerParts): Promise<void> {
  await files.close();
  state.close();
  privateData.close();
  lock.release();
}
