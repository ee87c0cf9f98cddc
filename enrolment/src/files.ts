import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

import { EnrolmentError, messageOf } from './errors.js';

/** Only its owner may read it. */
export const PRIVATE = 0o600;

/** Anybody may. */
export const PUBLIC = 0o644;

/**
 * Writes a file as a whole, with its folder: after a crash it holds the old text or the new one.
 * Throws EnrolmentError FILE_UNUSABLE.
 */
export function writeWhole(path: string, text: string, mode: number): void {
  const fresh = `${path}.${String(process.pid)}.part`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const file = openSync(fresh, 'w', mode);
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(fresh, path);
    syncFolder(dirname(path));
  } catch (cause) {
    rmSync(fresh, { force: true });
    throw unusable(`${path} cannot be written: ${messageOf(cause)}`, cause);
  }
}

/** After this a power cut does not bring the old name back. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** The text of a file. Throws EnrolmentError FILE_UNUSABLE. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw unusable(`${path} cannot be read: ${messageOf(cause)}`, cause);
  }
}

/** The text of a file, or undefined where there is none. */
export function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readText(path) : undefined;
}

/** Puts one file in the place of another. */
export function replaceFile(fresh: string, path: string): void {
  try {
    renameSync(fresh, path);
  } catch (cause) {
    throw unusable(`${path} cannot be replaced: ${messageOf(cause)}`, cause);
  }
}

function unusable(sentence: string, cause: unknown): EnrolmentError {
  return new EnrolmentError('FILE_UNUSABLE', sentence, { cause });
}
