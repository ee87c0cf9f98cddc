import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const blockFile = /^blockfile_\d{6}$/;

/**
 * Copies a folder of block files and, in the copy, changes one character of the first place where a value names the
 * custodian of `ucr`: what somebody with access to a peer's disk would do to a record. A stock peer serves such a block
 * without a word.
 *
 * @returns the folder of the copy, and whether anything was found to change.
 */
export function tamperWithStoredBlock(blocks: string, copy: string, ucr: string): boolean {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  const files = readdirSync(blocks)
    .filter((name) => blockFile.test(name))
    .sort();
  for (const name of files) cpSync(join(blocks, name), join(copy, name));
  return files.some((name) => changeOneCharacter(join(copy, name), ucr));
}

function changeOneCharacter(file: string, ucr: string): boolean {
  const bytes = readFileSync(file);
  const record = bytes.indexOf(`"ucr":"${ucr}"`);
  if (record === -1) return false;
  const digit = record + `"ucr":"${ucr}`.length - 1;
  bytes[digit] = bytes[digit] === 0x30 ? 0x31 : 0x30;
  writeFileSync(file, bytes);
  return true;
}
