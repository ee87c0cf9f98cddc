import { Command } from 'commander';
import { comparisonJson } from '../compare/compare-report.js';
import { compareSources } from '../compare/compare-sources.js';
import { exitCode } from './exit-code.js';
import { printComparison } from './print-comparison.js';
import { ProgressLine } from './progress-line.js';
import { openSources, type SourceOptions, trustedGenesis, withSourceOptions } from './source-options.js';

interface Options extends SourceOptions {
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
    .option('--all', 'go on after the first difference and name them all')
    .option('--json', 'end on one JSON object')
    .addHelpText('after', '\nExit codes: 0 alike, 1 differs, 2 wrong use, 3 could not compare.')
    .action(run);
}

async function run(options: Options, command: Command): Promise<void> {
  const genesisHash = trustedGenesis(options);
  const sources = openSources(options, (all) => all());
  if (sources.length < 2)
    command.error('error: it takes two sources to compare: name more with --from or --peer');
  const line = new ProgressLine(process.stderr, () => performance.now() / 1000, 'compared');
  process.stderr.write(`comparing ${sources.map(({ description }) => description).join(', ')}\n`);
  const report = await compareSources(sources, {
    genesisHash,
    all: options.all === true,
    onProgress: (progress) => {
      line.update(progress);
    },
  }).finally(() => {
    line.end();
  });
  const text = options.json === true ? JSON.stringify(comparisonJson(report)) : printComparison(report);
  process.stdout.write(`${text}\n`);
  process.exitCode = exitCode(report.differences.length, report.sources);
}
