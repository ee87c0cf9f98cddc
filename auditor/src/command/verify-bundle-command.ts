import { closeSync, openSync, readSync } from 'node:fs';
import { MAX_BUNDLE_BYTES, verifyBundle } from '@passage/evidence';
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

/** The file, and of one that is larger than any bundle no more than shows that it is: it may have no end. */
function readFile(path: string): Uint8Array {
  try {
    return readUpTo(path, MAX_BUNDLE_BYTES + 1);
  } catch (error) {
    throw new AuditError(
      'BUNDLE_FILE_UNUSABLE',
      `${path} cannot be read (${messageOf(error)}): give the file of a bundle`,
      { cause: error },
    );
  }
}

const CHUNK_BYTES = 1 << 20;

function readUpTo(path: string, most: number): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const chunks: Buffer[] = [];
    for (let left = most; left > 0;) {
      const chunk = Buffer.alloc(Math.min(left, CHUNK_BYTES));
      const read = readSync(file, chunk);
      if (read === 0) break;
      chunks.push(chunk.subarray(0, read));
      left -= read;
    }
    return Buffer.concat(chunks);
  } finally {
    closeSync(file);
  }
}
