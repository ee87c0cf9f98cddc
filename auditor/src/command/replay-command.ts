import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { collectEarly } from '../collect-early.js';
import { replay } from '../replay.js';
import type { SignatureMethod } from '@passage/ledger';
import type { ReplayOptions } from '../replay-options.js';
import { AuditError } from '../errors.js';
import { type Level, LEVELS, reportJson, type ReplayReport } from '../report.js';
import { readOpenings } from '../rerun/openings.js';
import { readPackageFile } from '../rerun/package-file.js';
import { builtPackage, Packages } from '../rerun/packages.js';
import { printReport } from './print-report.js';
import { ProgressLine } from './progress-line.js';
import { DIFFERS, exitCode } from './exit-code.js';
import { checkReportPlace, isReportFile, writeReport } from './report-file.js';
import { openSources, type SourceOptions, trustedGenesis, withSourceOptions } from './source-options.js';

/** More than this the one that judges could not keep busy. */
const MOST_THREADS = 64;

interface Options extends SourceOptions {
  readonly level: Level;
  readonly package: readonly string[];
  readonly openings?: string;
  readonly report?: string;
  readonly state?: string;
  readonly expectState?: string;
  readonly threads: number;
  readonly signatures: SignatureMethod;
  readonly all?: boolean;
  readonly json?: boolean;
}

/**
 * `passage replay`: judges a whole chain again. Exit code 0 if it verifies, 1 if something differs, 2 for wrong use, 3
 * (by a thrown AuditError) if it could not be checked.
 */
export function replayCommand(): Command {
  const command = new Command('replay').description(
    'Replay a ledger from its first block, trusting no node: every hash, signature, policy and version. Of several sources the first is replayed, and the others are held against it',
  );
  return withSourceOptions(command)
    .addOption(
      new Option('--level <level>', 'how far to go; what cannot be done is said')
        .choices(LEVELS)
        .default('rerun'),
    )
    .option(
      '--package <file...>',
      'chaincode packages to run again, besides those that were built here; their code runs on this machine',
      [],
    )
    .option('--openings <file>', 'transient inputs, by transaction id (docs/replay.md)')
    .option('--report <file>', 'write a report, by the name of the file .html or .json', reportArgument)
    .option('--state <folder>', 'go on from the state that an earlier run saved here, and save it again')
    .option(
      '--expect-state <hash>',
      'SHA-256 of the saved state, as the earlier run has told it',
      digestArgument,
    )
    .option(
      '--threads <number>',
      'threads that check signatures and hashes, the one that judges among them; 1: that one does it all',
      threadsArgument,
      availableParallelism(),
    )
    .addOption(
      new Option(
        '--signatures <how>',
        'together: those by keys that sign often many at a time; openssl: each by itself',
      )
        .choices(['together', 'openssl'])
        .default('together'),
    )
    .option('--all', 'go on after the first difference and name them all, and every finding')
    .option('--json', 'end on one JSON object')
    .addHelpText('after', '\nExit codes: 0 verified, 1 differs, 2 wrong use, 3 could not check.')
    .action(run);
}

function digestArgument(text: string): string {
  if (!/^[0-9a-f]{64}$/.test(text)) throw new InvalidArgumentError('A SHA-256 has 64 hexadecimal digits.');
  return text;
}

function threadsArgument(text: string): number {
  const threads = Number(text);
  if (/^\d+$/.test(text) && threads >= 1 && threads <= MOST_THREADS) return threads;
  throw new InvalidArgumentError(`Say a whole number from 1 to ${String(MOST_THREADS)}.`);
}

function reportArgument(path: string): string {
  if (!isReportFile(path)) throw new InvalidArgumentError('A report is an .html or a .json file.');
  return path;
}

async function run(options: Options, command: Command): Promise<void> {
  if (options.expectState !== undefined && options.state === undefined)
    command.error('error: --expect-state says of which saved state: give --state with it');
  const genesisHash = trustedGenesis(options);
  if (options.report !== undefined) checkReportPlace(options.report);
  const [source, ...beside] = openSources(options, () => [options.org]);
  if (source === undefined) throw new TypeError('there is a source, even where none is named');
  const line = new ProgressLine(process.stderr, () => performance.now() / 1000);
  process.stderr.write(
    `reading blocks from ${[source, ...beside].map(({ description }) => description).join(', ')}\n`,
  );
  const all = options.all === true;
  collectEarly();
  const report = await replay(source, {
    genesisHash,
    all,
    ...(beside.length > 0 && { beside }),
    threads: options.threads,
    signatures: options.signatures,
    ...(await depth(options)),
    ...keptState(options),
    onProgress: (progress) => {
      line.update(progress);
    },
  }).finally(() => {
    line.end();
  });
  const text = options.json === true ? JSON.stringify(reportJson(report)) : printReport(report, all);
  process.stdout.write(`${text}\n`);
  const code = exitCode(report.differences.length, report.sources);
  process.exitCode = code;
  if (options.report !== undefined) deliver(options.report, report, code);
}

/** Writes the report. What differs does so whether or not that can be written: then it is told beside, and the exit code stays. */
function deliver(path: string, report: ReplayReport, code: number): void {
  try {
    writeReport(path, report);
  } catch (error) {
    if (code !== DIFFERS || !(error instanceof AuditError)) throw error;
    process.stderr.write(`passage: ${error.code}: ${error.message}\n`);
  }
}

/** How far the replay goes, and what it takes. */
async function depth({ level, package: files, openings }: Options): Promise<Partial<ReplayOptions>> {
  if (level === 'hash') return { level };
  const { sha256, folder } = await builtPackage();
  if (level === 'ledger') return { level, ownPackage: sha256 };
  const packages = new Packages(files.map(readPackageFile), folder);
  return {
    ownPackage: sha256,
    rerun: { packages, ...(openings !== undefined && { openings: readOpenings(openings) }) },
  };
}

/** Where the state is kept. */
function keptState({ state, expectState }: Options): Pick<ReplayOptions, 'state'> {
  if (state === undefined) return {};
  return { state: { folder: state, ...(expectState !== undefined && { expected: expectState }) } };
}
