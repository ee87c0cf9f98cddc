import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { AssemblySettings } from '../assemble.js';
import { Refusal, gatewayError } from '../errors.js';
import { openOperationalDatabase } from '../submission/outbox-database.js';
import { COPY_IN_FOLDER } from './backup-door.js';
import { copyDatabase, putInPlace } from './copy-database.js';
import { BACKUP_FILES, fileHash } from './manifest.js';
import type { BackupManifest } from './manifest.js';

/**
 * Saves what of a gateway stands nowhere else into a folder: the operational database, with a manifest that says of which ledger it
 * is. `askGateway` has the running gateway put a copy into its folder; it is called only where one runs. The folder must be new or
 * hold an earlier backup of the same gateway.
 */
export async function saveBackup(
  to: string,
  { organization, trust, folder }: Pick<AssemblySettings, 'organization' | 'trust' | 'folder'>,
  askGateway: () => Promise<void>,
): Promise<BackupManifest> {
  const copy = join(folder, COPY_IN_FOLDER);
  const running = await copyUnlessRunning(join(folder, BACKUP_FILES.database), copy);
  if (running) await askGateway();
  mkdirSync(to, { recursive: true, mode: 0o700 });
  const saved = join(to, BACKUP_FILES.database);
  copyFileSync(copy, `${saved}.new`);
  rmSync(copy);
  // An old manifest over a new file fails the check of the hash: never a backup that is neither.
  putInPlace(`${saved}.new`, saved);
  const manifest: BackupManifest = {
    format: 'passage-backup-1',
    organization: organization.name,
    network: trust.network,
    channel: trust.channel,
    genesisHash: trust.genesisHash,
    takenAt: new Date().toISOString(),
    sha256: await fileHash(saved),
  };
  const path = join(to, BACKUP_FILES.manifest);
  writeFileSync(`${path}.new`, `${JSON.stringify(manifest, undefined, 2)}\n`);
  putInPlace(`${path}.new`, path);
  return manifest;
}

/** Copies the database of a stopped gateway; true where one runs, and nothing was done. */
async function copyUnlessRunning(path: string, copy: string): Promise<boolean> {
  try {
    const database = await openOperationalDatabase(path);
    try {
      await copyDatabase(database, copy);
    } finally {
      await database.destroy();
    }
    return false;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'FOLDER_IN_USE') return true;
    if (error instanceof Refusal) throw error;
    throw gatewayError('STORAGE_DAMAGED', `${path} cannot be copied`, { cause: error });
  }
}
