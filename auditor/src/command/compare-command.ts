import { Command } from 'commander';
import { comparisonJson } from '../compare/compare-report.js';
import { compareIndex } from '../compare/compare-index.js';
import { compareSources } from '../compare/compare-sources.js';
import { readIndexDigest } from '../compare/index-digest-file.js';
import { exitCode } from './exit-code.js';
import { printComparison } from './print-comparison.js';
import { ProgressLine } from './progress-line.js';
import { openSources, type SourceOptions, trustedGenesis, withSourceOptions } from './source-options.js';

interface Options extends SourceOptions {
  readonly index?: string;
  readonly all?: boolean;
  readonly json?: boolean;
}

/**
 * `passage compare`: holds peers and recorded chains against each other. Exit code 0 if all have the same, 1 if something differs, 2
 * for wrong use, 3 (also by a thrown AuditError) if something could not be compared.
 */
export function compareCommand(): Command {
  const command = new Command('compare').description(
    'Hold two or more peers, or recorded chains, against each other, block by block, and name the first difference (default: all peers of the profile)',
  );
  return withSourceOptions(command)
    .option(
      '--index <place>',
      'file or http address of a digest that passage index-digest exported, to be held against the ledger (default: that of the peer of --org)',
    )
    .option('--all', 'go on after the first difference and name them all')
    .option('--json', 'end on one JSON object')
    .addHelpText('after', '\nExit codes: 0 alike, 1 differs, 2 wrong use, 3 could not compare.')
    .action(run);
}

async function run(options: Options, command: Command): Promise<void> {
  const { index, all = false } = options;
  const genesisHash = trustedGenesis(options);
  const sources = openSources(options, (names) => (index === undefined ? names() : [options.org]));
  if (sources.length < 2 && index === undefined)
    command.error('error: it takes two sources to compare: name more with --from or --peer');
  const digest = index === undefined ? undefined : await readIndexDigest(index);
  const line = new ProgressLine(process.stderr, () => performance.now() / 1000, 'compared');
  const onProgress = line.update.bind(line);
  process.stderr.write(`comparing ${sources.map(({ description }) => description).join(', ')}\n`);
  const comparing =
    digest === undefined || index === undefined
      ? compareSources(sources, { genesisHash, all, onProgress })
      : compareIndex(sources, { place: index, digest }, { genesisHash, onProgress });
  const report = await comparing.finally(() => {
    line.end();
  });
  const text = options.json === true ? JSON.stringify(comparisonJson(report)) : printComparison(report);
  process.stdout.write(`${text}\n`);
  process.exitCode = exitCode(report.differences.length, report.sources);
}
