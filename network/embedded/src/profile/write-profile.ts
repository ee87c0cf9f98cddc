import { existsSync, readFileSync } from 'node:fs';

import { writeFileDurably } from '../durable-file.js';
import { NetworkError } from '../errors.js';
import type { NetworkPaths } from '../paths.js';
import type { Profile, Trust } from './profile.js';

/** Writes the connection profile, again at every start: the ports may have changed. */
export function writeProfile(paths: NetworkPaths, profile: Profile): void {
  writeFileDurably(paths.profile, toJson(profile));
}

/**
 * Writes the trust file once; afterwards it must agree with the ledger.
 *
 * @throws NetworkError LEDGER_MISMATCH if the file names another genesis block than the ledger starts with.
 */
export function ensureTrust(paths: NetworkPaths, trust: Trust): void {
  if (!existsSync(paths.trust)) {
    writeFileDurably(paths.trust, toJson(trust));
    return;
  }
  const found = readTrustedHash(paths.trust);
  if (found === trust.genesisHash) return;
  throw new NetworkError(
    'LEDGER_MISMATCH',
    `${paths.trust} trusts genesis block ${found}, but the ledger starts with ${trust.genesisHash}: ` +
      'bring back the ledger that belongs to it, or remove the trust file if you mean to trust this one',
  );
}

function readTrustedHash(path: string): string {
  try {
    const { genesisHash } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Trust>;
    return String(genesisHash);
  } catch {
    return 'unreadable';
  }
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
