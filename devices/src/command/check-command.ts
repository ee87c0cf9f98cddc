import { checkText, type Knowledge, type Taken } from '@passage/domain';
import { Command } from 'commander';
import { DeviceError } from '../errors/device-error.js';
import { audienceArgument, audienceOfTrustFile } from './audience.js';
import { type Report, tellUnreadable, tellVerdict } from './check-report.js';
import { readInputFile } from './input-file.js';
import { knownKeys } from './known-keys.js';

interface Options {
  readonly key?: readonly string[];
  readonly aud?: string;
  readonly trust?: string;
  readonly json?: true;
  readonly eventHash?: true;
}

const help = `
A file holds one JSON text (an EPCIS document, a bare event, a query, a public key), or signed statements, one a line. It is
judged by the rules that the ledger runs, and nothing is sent or loaded. Of a statement the ledger alone knows whether its
number was used before and whether its device is in use; its signature and its ledger are judged if --key and --aud are given.

Exit codes: 0 everything is accepted, 1 something is refused, 2 wrong use, 3 a file could not be read.`;

/** `passage check`: what the ledger would say, before anything is sent. For people who integrate devices. */
export function checkCommand(): Command {
  const command = new Command('check')
    .description('Judge EPCIS documents, statements and keys as the ledger would, offline')
    .argument('<file...>', 'what to judge')
    .option(
      '--key <file>',
      'public keys that are registered: a JWK, a JWK set, or registrations (repeatable)',
      collect,
    )
    .option(
      '--aud <hash>',
      'the ledger that statements have to be signed for: its genesis hash',
      audienceArgument,
    )
    .option('--trust <file>', 'the same, from a trust file')
    .option('--event-hash', 'print the CBV event hash of each event')
    .option('--json', 'print one JSON object a line')
    .addHelpText('after', help);
  return command.action((files: readonly string[], options: Options) => {
    if (options.aud !== undefined && options.trust !== undefined) {
      command.error('passage: say which ledger with either --aud HASH or --trust FILE, not both', {
        exitCode: 2,
      });
    }
    process.exitCode = check(files, options);
  });
}

/** Judges the files one after another and says so. @returns the exit code */
function check(files: readonly string[], options: Options): number {
  const knowledge = knowledgeOf(options);
  const report: Report = { json: options.json === true, eventHash: options.eventHash === true };
  const taken: Taken = new Map();
  const codes = files.map((file) => checkFile(file, knowledge, taken, report));
  return Math.max(...codes);
}

function knowledgeOf({ key, aud, trust }: Options): Knowledge {
  const ledger = trust === undefined ? aud : audienceOfTrustFile(trust);
  return { ...(ledger !== undefined && { ledger }), ...(key !== undefined && { keys: knownKeys(key) }) };
}

function checkFile(file: string, knowledge: Knowledge, taken: Taken, report: Report): 0 | 1 | 3 {
  try {
    const verdicts = checkText(readInputFile(file), knowledge, taken);
    print(verdicts.flatMap((verdict) => tellVerdict(file, verdict, report)));
    return verdicts.every(({ refusal }) => refusal === undefined) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof DeviceError)) throw error;
    print(tellUnreadable(file, error, report));
    process.stderr.write(`passage: ${error.message}\n`);
    return 3;
  }
}

function print(lines: readonly string[]): void {
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
