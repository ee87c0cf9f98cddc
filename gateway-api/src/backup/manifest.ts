import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import * as z from 'zod';

import { gatewayError, messageOf } from '../errors.js';

/** Files of a backup's folder. */
export const BACKUP_FILES = { manifest: 'backup.json', database: 'operational.sqlite' } as const;

const manifest = z.object({
  format: z.literal('passage-backup-1'),
  organization: z.string().min(1),
  network: z.string().min(1),
  channel: z.string().min(1),
  genesisHash: z.string().regex(/^[0-9a-f]{64}$/),
  /** ISO 8601 UTC. */
  takenAt: z.iso.datetime(),
  /** SHA-256 of the database's copy, hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** What a backup is of: a gateway of one organisation, on one ledger, at one time. */
export type BackupManifest = z.infer<typeof manifest>;

/** Reads the manifest of a backup's folder. Throws `BACKUP_UNUSABLE`. */
export async function readManifest(folder: string): Promise<BackupManifest> {
  const path = join(folder, BACKUP_FILES.manifest);
  try {
    return manifest.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw gatewayError('BACKUP_UNUSABLE', `${path} is no manifest of a backup: ${reason}`, { cause: error });
  }
}

/** SHA-256 of a file, hex. */
export async function fileHash(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
