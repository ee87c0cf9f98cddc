import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { Command } from 'commander';

import { openLocalIssuer, rotateLocalIssuer } from './local-issuer.js';

interface TokenOptions {
  readonly party?: string;
  readonly role?: string;
  readonly org: string;
  readonly admin: boolean;
  readonly dir: string;
  readonly rotateKey: boolean;
}

/** `passage token`: prints a token of the local issuer. Exit 0, or 2 for wrong use. */
export function tokenCommand(): Command {
  return new Command('token')
    .description('print a token of the local issuer (development only: whoever reads its key can be anyone)')
    .option('--party <id>', 'the party to act as')
    .option('--role <role>', 'the role to act in')
    .option('--org <name>', 'the organisation whose gateway may act for the caller', 'business')
    .option('--admin', "may use the organisation's admin identity (register parties)", false)
    .option('--dir <folder>', "the running state's folder", '.passage')
    .option('--rotate-key', 'give the issuer a new key first; tokens of the one before stay good', false)
    .action(async (options: TokenOptions) => {
      const problem = problemOf(options);
      if (problem !== undefined) {
        process.stderr.write(`${problem}\n`);
        process.exitCode = 2;
        return;
      }
      const open = options.rotateKey ? rotateLocalIssuer : openLocalIssuer;
      const issuer = await open(resolve(options.dir));
      process.stdout.write(`${await issuer.token(options)}\n`);
    });
}

function problemOf(options: TokenOptions): string | undefined {
  if (!options.admin && (options.party === undefined || options.role === undefined)) {
    return 'say who acts: --party ID --role ROLE, or --admin for the organisation itself';
  }
  if (!existsSync(resolve(options.dir))) {
    return `there is no folder ${resolve(options.dir)}: start the network with ./test-network.sh up, or name its folder with --dir`;
  }
  return undefined;
}
