import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** What decides how the networks and the rules behave; tests do not. */
const FOLDERS = [
  'ledger/src',
  'network/embedded/src',
  'network/fabric/src',
  'network/fabric/config',
  'network/fabric/builder',
];

const IS_TEST = /\.test\.ts$|-fixture\.ts$|(^|\/)testing\//;

/** SHA-256 over the names and contents of the sources that a conformance record speaks of, in hex. */
export function sourceDigest(repository: string): string {
  const files = FOLDERS.flatMap((folder) => filesBelow(join(repository, folder)))
    .map((file) => relative(repository, file).split(sep).join('/'))
    .filter((name) => !IS_TEST.test(name))
    .sort();
  const hash = createHash('sha256');
  for (const name of files) {
    const content = createHash('sha256')
      .update(readFileSync(join(repository, name)))
      .digest('hex');
    hash.update(`${content}  ${name}\n`);
  }
  return hash.digest('hex');
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
