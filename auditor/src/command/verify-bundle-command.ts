import { readFileSync } from 'node:fs';
import { verifyBundle } from '@passage/evidence';
import { Command, InvalidArgumentError } from 'commander';
import { AuditError, messageOf } from '../errors.js';
import { parseGenesisHash } from '../trust.js';
import { DIFFERS } from './exit-code.js';
import { printVerdict } from './print-verdict.js';

interface Options {
  readonly genesis: string;
  readonly json?: boolean;
}

/**
 * `passage verify-bundle FILE --genesis HASH`: needs no network and no account. Exit code 0 if all of it holds, 1 if something does
 * not, 2 for wrong use, 3 (by a thrown error) if it could not be checked: no such file, or no bundle.
 */
export function verifyBundleCommand(): Command {
  return new Command('verify-bundle')
    .description(
      'Verify a file of evidence with nothing but the hash of the genesis block: no network, no account',
    )
    .argument('<file>', 'evidence bundle, as passage bundle writes it')
    .requiredOption(
      '--genesis <hash>',
      'header hash of block 0, got from somewhere else than the bundle',
      genesisArgument,
    )
    .option('--json', 'end on one JSON object')
    .addHelpText('after', '\nExit codes: 0 verified, 1 differs, 2 wrong use, 3 could not check.')
    .action(run);
}

function genesisArgument(text: string): string {
  const hash = parseGenesisHash(text);
  if (hash === undefined) throw new InvalidArgumentError('A genesis hash has 64 hexadecimal digits.');
  return hash;
}

function run(file: string, { genesis, json }: Options): void {
  const verdict = verifyBundle(readFile(file), { genesisHash: genesis });
  process.stdout.write(`${json === true ? JSON.stringify(verdict) : printVerdict(verdict)}\n`);
  if (verdict.verdict === 'differs') process.exitCode = DIFFERS;
}

function readFile(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new AuditError(
      'BUNDLE_FILE_UNUSABLE',
      `${path} cannot be read (${messageOf(error)}): give the file of a bundle`,
      { cause: error },
    );
  }
}
