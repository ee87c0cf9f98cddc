import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { needSharedData } from '@passage/testing';
import { readFrame } from '@passage/ledger';

/** Header hash of block 0 of the recorded chain, from the README of the data set. */
export const GENESIS = 'eb3c6891d56ff595e47bef5920a19543952617fbe7e5fd316cdcabd2fb304403';

/** The folder of the recorded chain, and its stream of blocks unzipped. */
export function recordedFolder(test: Mocha.Context): { folder: string; stream: Buffer } {
  const folder = needSharedData(test, 'fabric-chain');
  return { folder, stream: gunzipSync(readFileSync(join(folder, 'blocks.bin.gz'))) };
}

/** The serialized blocks of a stream. */
export function blocksOf(stream: Uint8Array): Uint8Array[] {
  const blocks: Uint8Array[] = [];
  for (let frame = readFrame(stream, 0); frame !== undefined; frame = readFrame(stream, frame.next)) {
    blocks.push(frame.content);
  }
  return blocks;
}

/** Runs a test with an empty folder, which is gone afterwards. */
export async function withFolder<T>(run: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'passage-auditor-'));
  try {
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Writes a file into a folder and gives its path. */
export function fileIn(folder: string, name: string, content: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
