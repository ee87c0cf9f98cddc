import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Command } from 'commander';

import { messageOf } from '../errors.js';
import { placeOfIndex } from '../config.js';
import { exportDigest } from '../index/export-digest.js';
import { isPostgres, shownPlace } from '../index/index-place.js';
import { CommandFailure, EXIT, runCommand } from './client.js';

interface DigestOptions {
  readonly index?: string;
  readonly org: string;
  readonly dir: string;
  readonly out?: string;
}

/** `passage index-digest`: what a gateway's index says that it holds, for an auditor to hold against the ledger. */
export function indexDigestCommand(): Command {
  return new Command('index-digest')
    .description(
      "Export a digest of a gateway's index, which passage compare --index holds against the ledger",
    )
    .option('--index <place>', "the index's file or URL (default: of the gateway of --org in --dir)")
    .option('--org <name>', 'the organisation whose gateway it is', 'customs')
    .option('--dir <folder>', "the running state's folder", '.passage')
    .option('--out <file>', 'write it to a file (default: standard output)')
    .addHelpText('after', '\nExit codes: 0 exported, 2 wrong use, 3 could not be exported.')
    .action((options: DigestOptions) => runCommand(() => digest(options)));
}

async function digest({ index, org, dir, out }: DigestOptions): Promise<number> {
  const place = index ?? placeOfIndex(process.env['PASSAGE_INDEX_URL'], join(dir, 'gateways', org), org);
  const shown = shownPlace(place);
  if (!isPostgres(place) && !existsSync(place))
    throw new CommandFailure(
      `${shown} does not exist: start the network with ./test-network.sh up, or name the index with --index`,
      EXIT.couldNot,
    );
  const exported = await read(place);
  if (exported === undefined)
    throw new CommandFailure(`${shown} has no block yet: wait until its gateway has read one`, EXIT.couldNot);
  const text = `${JSON.stringify(exported, null, 2)}\n`;
  if (out === undefined) process.stdout.write(text);
  else write(out, text);
  return EXIT.done;
}

async function read(place: string): ReturnType<typeof exportDigest> {
  try {
    return await exportDigest(place);
  } catch (error) {
    throw new CommandFailure(
      `${shownPlace(place)} cannot be read as an index (${messageOf(error)}): name the index of a gateway of this version`,
      EXIT.couldNot,
    );
  }
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new CommandFailure(
      `${path} cannot be written (${messageOf(error)}): choose another --out`,
      EXIT.couldNot,
    );
  }
}
