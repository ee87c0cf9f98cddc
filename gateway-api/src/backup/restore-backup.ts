import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import type { AssemblySettings } from '../assemble.js';
import { Refusal, gatewayError } from '../errors.js';
import { openOperationalDatabase } from '../submission/outbox-database.js';
import { moveAside, putInPlace } from './copy-database.js';
import { BACKUP_FILES, fileHash, readManifest } from './manifest.js';
import type { BackupManifest } from './manifest.js';

/**
 * Puts a backup in the place of a stopped gateway's operational database. Refuses one of another ledger, of another organisation, or
 * that was changed (`BACKUP_UNUSABLE`), and one that is older than what is there (`BACKUP_OLDER`). What was there is kept beside it,
 * its name ending in `.before`.
 */
export async function restoreBackup(
  from: string,
  { organization, trust, folder }: Pick<AssemblySettings, 'organization' | 'trust' | 'folder'>,
): Promise<BackupManifest> {
  const manifest = await readManifest(from);
  const copy = join(from, BACKUP_FILES.database);
  const { genesisHash, channel } = manifest;
  const differences = [
    ...(genesisHash === trust.genesisHash
      ? []
      : [`it is of the ledger ${genesisHash}, not ${trust.genesisHash}`]),
    ...(channel === trust.channel ? [] : [`it is of channel ${channel}, not ${trust.channel}`]),
    ...(manifest.organization === organization.name ? [] : [`it is of ${manifest.organization}'s gateway`]),
    ...((await hashOrNothing(copy)) === manifest.sha256 ? [] : [`${copy} is not the file that was saved`]),
  ];
  if (differences.length > 0) throw gatewayError('BACKUP_UNUSABLE', differences.join('; '));

  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const place = join(folder, BACKUP_FILES.database);
  await refuseOverNewer(place, copy);
  const fresh = `${place}.new`;
  copyFileSync(copy, fresh);
  if (existsSync(place)) moveAside(place, `${place}.before`);
  putInPlace(fresh, place);
  return manifest;
}

async function hashOrNothing(path: string): Promise<string | undefined> {
  return existsSync(path) ? fileHash(path) : undefined;
}

/** The database that is there may be absent or damaged: then anything is better. Throws `FOLDER_IN_USE` while a gateway runs. */
async function refuseOverNewer(place: string, copy: string): Promise<void> {
  if (!existsSync(place)) return;
  try {
    await (await openOperationalDatabase(place)).destroy();
  } catch (error) {
    if (error instanceof Refusal && error.code === 'STORAGE_DAMAGED') return;
    throw error;
  }
  const [there, saved] = [counters(place), counters(copy)];
  const newer = [...there]
    .filter(([table, count]) => count > (saved.get(table) ?? 0))
    .map(([table]) => table);
  if (newer.length === 0) return;
  throw gatewayError('BACKUP_OLDER', `what is there has newer rows than the backup in ${newer.join(', ')}`, {
    details: { tables: newer },
  });
}

/** How many rows each numbered table has ever had: SQLite never gives a number twice (AUTOINCREMENT). */
function counters(path: string): ReadonlyMap<string, number> {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const rows = database.prepare('SELECT name, seq FROM sqlite_sequence').all() as {
      name: string;
      seq: number;
    }[];
    return new Map(rows.map(({ name, seq }) => [name, seq]));
  } finally {
    database.close();
  }
}
