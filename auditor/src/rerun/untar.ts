import { gunzipSync } from 'node:zlib';

const BLOCK = 512;
const NAME = { from: 0, to: 100 };
const SIZE = { from: 124, to: 136 };
const TYPE = { from: 156, to: 157 };
const PREFIX = { from: 345, to: 500 };

/** Types of entries that are files (POSIX ustar, and its predecessor's). */
const FILES: readonly string[] = ['0', ''];

/**
 * The files of a gzipped tar archive, by name: as much of POSIX ustar as chaincode packages use.
 *
 * @throws Error where the bytes are no such archive
 */
export function untar(archive: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const bytes = gunzipSync(archive);
  const files = new Map<string, Uint8Array>();
  for (let at = 0; at + BLOCK <= bytes.length && bytes[at] !== 0;) {
    const header = bytes.subarray(at, at + BLOCK);
    const text = ({ from, to }: typeof NAME): string =>
      header.toString('utf8', from, to).replace(/\0.*$/s, '').trim();
    const size = parseInt(text(SIZE), 8);
    const start = at + BLOCK;
    if (!(size >= 0) || start + size > bytes.length) throw new Error('the archive ends inside a file');
    const prefix = text(PREFIX);
    const name = prefix === '' ? text(NAME) : `${prefix}/${text(NAME)}`;
    if (FILES.includes(text(TYPE))) files.set(name, bytes.subarray(start, start + size));
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}
