import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isUcr, PassageError, readHeldOpenings, readJson } from '@passage/domain';
import { Command, InvalidArgumentError, Option } from 'commander';
import { AuditError, messageOf } from '../errors.js';
import { gather } from '../evidence/gather.js';
import { makeBundle } from '../evidence/make-bundle.js';
import { statementIn } from '../evidence/statement-json.js';
import { profilePeer } from '../source/profile-peer.js';
import { ProgressLine } from './progress-line.js';
import { openSources, type SourceOptions, trustedGenesis, withSourceOptions } from './source-options.js';
import type { BundleOpening, SignedShipmentStatement } from '@passage/evidence';
import type { Gathered } from '../evidence/gather.js';
import type { BlockSource } from '../source/block-source.js';
import type { Signer } from '../source/signer.js';

interface Options extends SourceOptions {
  readonly out?: string;
  readonly blocks?: boolean;
  readonly proofs?: boolean;
  readonly signAs?: readonly string[];
  readonly statement?: string;
  readonly openings?: string;
}

/** `passage bundle UCR`: judges the ledger of one source and writes the evidence bundle of one consignment. */
export function bundleCommand(): Command {
  const command = new Command('bundle')
    .description(
      'Write one file of evidence about one consignment, which proves itself to whoever has the genesis hash',
    )
    .argument('<ucr>', 'unique consignment reference', ucrArgument)
    .option('--out <file>', 'file to write (default: standard output)')
    .addOption(new Option('--blocks', 'the whole blocks in which the events stand').conflicts('proofs'))
    .option(
      '--proofs',
      'proofs against a signed tree head; shows nothing of others (what is done if nothing is said)',
    )
    .option(
      '--sign-as <organization...>',
      'organizations of the profile that sign, if their keys are here (default: --org for proofs)',
    )
    .option(
      '--statement <file>',
      'shipment statement that two organizations have signed (JSON); the bundle is of its height',
    )
    .option('--openings <file>', 'openings of private fields to disclose (JSON, as GetOpening gives them)');
  return withSourceOptions(command)
    .addHelpText('after', '\nExit codes: 0 written, 2 wrong use, 3 could not be made.')
    .action(run);
}

function ucrArgument(text: string): string {
  if (!isUcr(text))
    throw new InvalidArgumentError(
      'A UCR is the last digit of the year, a country, a trader, "-" and a reference.',
    );
  return text;
}

async function run(ucr: string, options: Options, command: Command): Promise<void> {
  const genesisHash = trustedGenesis(options);
  const [source, ...others] = openSources(options, () => [options.org]);
  if (source === undefined || others.length > 0) command.error('error: a bundle is made from one source');
  const statement = options.statement === undefined ? undefined : readStatementFile(options.statement);
  const openings = options.openings === undefined ? [] : readOpeningsFile(options.openings);
  const gathered = await gathering(source, genesisHash, ucr, statement?.statement.height);
  const bytes = makeBundle(gathered, {
    kind: options.blocks === true ? 'blocks' : 'proofs',
    genesisHash,
    signers: signersOf(options),
    openings,
    ...(statement && { statement }),
  });
  deliver(bytes, gathered, options.out);
}

async function gathering(
  source: BlockSource,
  genesisHash: string,
  ucr: string,
  height?: number,
): Promise<Gathered> {
  process.stderr.write(`reading blocks from ${source.description}\n`);
  const line = new ProgressLine(process.stderr, () => performance.now() / 1000);
  return gather(source, {
    genesisHash,
    ucr,
    ...(height !== undefined && { height }),
    onProgress: (progress) => {
      line.update(progress);
    },
  }).finally(() => {
    line.end();
  });
}

/** Proofs stand on somebody's word; whole blocks stand by themselves, and a statement is made if it is asked for. */
function signersOf({ signAs, blocks, dir, profile, org }: Options): readonly Signer[] {
  const path = profile ?? join(dir, 'profile.json');
  const names = signAs ?? (blocks === true ? [] : [org]);
  return [...new Set(names)].map((name) => profilePeer(path, name, name).signer);
}

function deliver(bytes: Uint8Array, { collector }: Gathered, out: string | undefined): void {
  if (out === undefined) process.stdout.write(bytes);
  else {
    try {
      writeFileSync(out, bytes);
    } catch (error) {
      throw new AuditError(
        'BUNDLE_FILE_UNUSABLE',
        `${out} cannot be written (${messageOf(error)}): choose another --out`,
        { cause: error },
      );
    }
  }
  const events = `${collector.events.length} of the ledger's ${collector.size} events`;
  process.stderr.write(
    `${out ?? 'bundle'}: ${events}, up to height ${collector.height}, ${bytes.length} bytes\n`,
  );
}

function readStatementFile(path: string): SignedShipmentStatement {
  return readWith(path, (bytes) => statementIn(readJson(bytes)), 'BUNDLE_FILE_UNUSABLE');
}

/** Of what somebody holds, what the commitment covers. */
function readOpeningsFile(path: string): readonly BundleOpening[] {
  const held = readWith(path, (bytes) => readHeldOpenings(readJson(bytes)), 'OPENINGS_UNUSABLE');
  return held.map(({ ledger, subject, owner, field, salt, value }) => ({
    ledger,
    subject,
    owner,
    field,
    salt,
    value,
  }));
}

function readWith<T>(
  path: string,
  read: (bytes: Uint8Array) => T,
  code: 'BUNDLE_FILE_UNUSABLE' | 'OPENINGS_UNUSABLE',
): T {
  try {
    return read(readFileSync(path));
  } catch (error) {
    const isExpected = error instanceof PassageError || (error instanceof Error && 'syscall' in error);
    if (!isExpected) throw error;
    throw new AuditError(
      code,
      `${path} cannot be used (${messageOf(error)}): give the file as it was handed over`,
      { cause: error },
    );
  }
}
