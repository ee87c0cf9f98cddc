import { parseArgs } from 'node:util';
import { openRecorded } from '../source/open-folder.js';
import { writeCorpus } from './corpus.js';
import { bundleCases } from './bundle-cases.js';
import { findingCases } from './finding-cases.js';
import { custodyCases, generatedCases } from './generated-cases.js';
import { recordedCases } from './recorded-cases.js';
import type { RawBlock } from '@passage/ledger';
import type { CorpusCase } from './corpus-case.js';

const USAGE = `Usage: npm run corpus -- FOLDER [--recorded FOLDER]

Writes good and bad chains and bundles into a folder, and corpus.json with what a verifier has to say of each (docs/replay.md). With
--recorded, the blocks of a network that was run, and what becomes of them by edits that need no key.
`;

/** The recorded chain is held in memory, because each edit takes it whole. */
async function blocksIn(path: string): Promise<readonly RawBlock[]> {
  const blocks: RawBlock[] = [];
  for await (const { block } of openRecorded(path).blocks()) blocks.push(block);
  return blocks;
}

function* allCases(recorded: readonly RawBlock[] | undefined): Generator<CorpusCase> {
  yield* generatedCases();
  yield* findingCases();
  yield* custodyCases();
  if (recorded !== undefined) yield* recordedCases(recorded);
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { recorded: { type: 'string' } },
});
const [folder] = positionals;
if (folder === undefined || positionals.length > 1) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  const recorded = values.recorded === undefined ? undefined : await blocksIn(values.recorded);
  const { cases, bundles } = await writeCorpus(folder, allCases(recorded), bundleCases());
  const counts = `${String(cases.length)} chains and ${String(bundles.length)} bundles`;
  process.stdout.write(`${counts} in ${folder}, listed in corpus.json\n`);
}
