import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Command } from 'commander';

import { messageOf } from '../errors.js';
import { exportDigest } from '../index/export-digest.js';
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
      "export a digest of a gateway's index, which passage compare --index holds against the ledger",
    )
    .option('--index <file>', "the index's file (default: of the gateway of --org in --dir)")
    .option('--org <name>', 'the organisation whose gateway it is', 'customs')
    .option('--dir <folder>', "the running state's folder", '.passage')
    .option('--out <file>', 'write it to a file (default: standard output)')
    .action((options: DigestOptions) => runCommand(() => digest(options)));
}

async function digest({ index, org, dir, out }: DigestOptions): Promise<number> {
  const path = index ?? join(dir, 'gateways', org, 'index.sqlite');
  if (!existsSync(path))
    throw new CommandFailure(
      `${path} does not exist: start the network with ./test-network.sh up, or name the index with --index`,
      EXIT.couldNot,
    );
  const exported = await read(path);
  if (exported === undefined)
    throw new CommandFailure(`${path} has no block yet: wait until its gateway has read one`, EXIT.couldNot);
  const text = `${JSON.stringify(exported, null, 2)}\n`;
  if (out === undefined) process.stdout.write(text);
  else write(out, text);
  return EXIT.done;
}

async function read(path: string): ReturnType<typeof exportDigest> {
  try {
    return await exportDigest(path);
  } catch (error) {
    throw new CommandFailure(
      `${path} cannot be read as an index (${messageOf(error)}): name the file index.sqlite of a gateway of this version`,
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
