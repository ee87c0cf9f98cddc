import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { needSharedData } from '@passage/testing';
import { readBlock, readFrame } from '../block/index.js';
import type { RawBlock } from '../block/index.js';

/** What the four peers of the recorded network agreed on (README.md of the data set). */
export interface ExpectedChain {
  readonly genesisHeaderHash: string;
  readonly blocks: readonly ExpectedBlock[];
}

export interface ExpectedBlock {
  readonly number: number;
  readonly headerHash: string;
  readonly dataHash: string;
  readonly previousHash: string;
  readonly flags: readonly number[];
  readonly commitHash: string | null;
  readonly txIds: readonly string[];
  readonly types: readonly string[];
}

export interface RecordedChain {
  /** The serialized blocks as the Deliver service sent them, and the same read. */
  readonly rawBlocks: readonly Uint8Array[];
  readonly blocks: readonly RawBlock[];
  readonly genesis: Uint8Array;
  /** The peer's own block file. */
  readonly blockFile: Uint8Array;
  readonly expected: ExpectedChain;
}

let loaded: RecordedChain | undefined;

/** The chain recorded from a real Fabric network; marks the test pending where the data is missing. */
export function recordedChain(test: Mocha.Context): RecordedChain {
  loaded ??= load(needSharedData(test, 'fabric-chain'));
  return loaded;
}

function load(folder: string): RecordedChain {
  const rawBlocks: Uint8Array[] = [];
  const stream = gunzipSync(readFileSync(join(folder, 'blocks.bin.gz')));
  for (let offset = 0; ;) {
    const frame = readFrame(stream, offset);
    if (frame === undefined) break;
    rawBlocks.push(frame.content);
    offset = frame.next;
  }
  return {
    rawBlocks,
    blocks: rawBlocks.map(readBlock),
    genesis: readFileSync(join(folder, 'genesis.block')),
    blockFile: gunzipSync(readFileSync(join(folder, 'blockfile_000000.gz'))),
    expected: JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as ExpectedChain,
  };
}
