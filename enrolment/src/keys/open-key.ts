import { existsSync, statSync } from 'node:fs';

import { EnrolmentError } from '../errors.js';
import { PRIVATE, readText, writeWhole } from '../files.js';
import { newKeyPem, pemKey } from './file-key.js';
import type { KeyPlace, OpenKey } from './places.js';
import type { SigningKey } from './signing-key.js';

/** Opens tokens; loaded only when a key is in one. */
export interface TokenAccess {
  /** The PIN, asked for when it is needed. */
  readonly pin: () => string;
}

/**
 * The key in its place; with `create`, a new one where there is none.
 * Throws EnrolmentError KEY_UNUSABLE or TOKEN_UNUSABLE.
 */
export async function openKey(
  place: KeyPlace,
  access: TokenAccess,
  create: 'create' | 'existing',
): Promise<OpenKey> {
  if (place.kind === 'file') return { ...openFile(place.path, create), close: () => undefined };
  const { openTokenKey } = await import('./token-key.js');
  return openTokenKey(place, access.pin(), create);
}

function openFile(path: string, create: 'create' | 'existing'): SigningKey {
  if (!existsSync(path)) {
    if (create === 'existing') throw new EnrolmentError('KEY_UNUSABLE', `there is no key file ${path}`);
    writeWhole(path, newKeyPem(), PRIVATE);
  } else if ((statSync(path).mode & 0o077) !== 0) {
    throw new EnrolmentError('KEY_UNUSABLE', `others may read the key file ${path}`, {
      next: `Take that right from them (chmod 600 ${path}); if they may have read it, take a new key.`,
    });
  }
  return pemKey(readText(path), path);
}
