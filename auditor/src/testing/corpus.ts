import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { replay } from '../replay.js';
import { programVersion } from '../version.js';
import { sourceOf, streamOf } from './block-source.js';
import type { BundleCase } from './bundle-cases.js';
import type { CorpusCase, Expected } from './corpus-case.js';

/** The folder of all bundles. */
const BUNDLES = 'bundles';

/** A case as `corpus.json` lists it. */
export interface ListedCase extends Omit<CorpusCase, 'blocks' | 'cutBytes'> {
  /** Its folder, in that of the corpus: with `blocks.bin`, and `state/` where a run is to go on from a saved state. */
  readonly folder: string;
  readonly state?: string;
}

/** A bundle as `corpus.json` lists it. */
export interface ListedBundle extends Omit<BundleCase, 'bytes'> {
  /** Its file, in the folder of the corpus. */
  readonly file: string;
}

/** What stands in `corpus.json`. */
export interface CorpusList {
  readonly format: 'passage-corpus-1';
  /** Of the program that made it. */
  readonly version: string;
  readonly cases: readonly ListedCase[];
  readonly bundles: readonly ListedBundle[];
}

/**
 * Writes chains into a folder, one folder each, and `corpus.json`, which says what a verifier has to say of each of them. The last case
 * is the first chain with a saved state that was edited between two runs. Bundles go into one folder together.
 */
export async function writeCorpus(
  folder: string,
  cases: Iterable<CorpusCase>,
  bundles: Iterable<BundleCase> = [],
): Promise<CorpusList> {
  const listed: ListedCase[] = [];
  let first: CorpusCase | undefined;
  for (const one of cases) {
    first ??= one;
    listed.push(writeCase(folder, one));
  }
  if (first !== undefined) listed.push(await writeEditedState(folder, first));
  const list: CorpusList = {
    format: 'passage-corpus-1',
    version: programVersion(),
    cases: listed,
    bundles: Array.from(bundles, (one) => writeBundleCase(folder, one)),
  };
  writeFileSync(join(folder, 'corpus.json'), `${JSON.stringify(list, null, 2)}\n`);
  return list;
}

function writeBundleCase(folder: string, { bytes, ...told }: BundleCase): ListedBundle {
  const file = join(BUNDLES, `${told.name}.json`);
  mkdirSync(join(folder, BUNDLES), { recursive: true });
  writeFileSync(join(folder, file), bytes);
  return { ...told, file };
}

function writeCase(folder: string, { blocks, cutBytes = 0, ...told }: CorpusCase): ListedCase {
  const own = join(folder, told.name);
  rmSync(own, { recursive: true, force: true });
  mkdirSync(own, { recursive: true });
  const stream = streamOf(blocks);
  writeFileSync(join(own, 'blocks.bin'), stream.subarray(0, stream.length - cutBytes));
  return { ...told, folder: told.name };
}

/** A state of the first half of a chain, in which somebody has put another count, and the whole chain to go on with. */
async function writeEditedState(folder: string, good: CorpusCase): Promise<ListedCase> {
  const expect: Expected = { exitCode: 3, code: 'STATE_ALTERED' };
  const what = 'What an earlier run has saved was edited before the next one.';
  const listed = writeCase(folder, { ...good, name: 'state-edited', what, expect });
  const state = join(folder, listed.folder, 'state');
  const half = good.blocks.slice(0, Math.ceil(good.blocks.length / 2));
  await replay(sourceOf(half), { genesisHash: good.genesisHash, state: { folder: state } });
  const file = join(state, 'replay.jsonl');
  const saved = readFileSync(file, 'utf8');
  const count = `"blocks":${String(half.length)}`;
  if (!saved.includes(count)) throw new Error(`the saved state has no ${count}`);
  writeFileSync(file, saved.replace(count, `"blocks":${String(half.length - 1)}`));
  return { ...listed, state: 'state' };
}
