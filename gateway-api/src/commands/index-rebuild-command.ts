import { join } from 'node:path';

import { Command } from 'commander';

import { verifierOf } from '../index/ledger-verifier.js';
import { linkChecks } from '../index/links-alone.js';
import { rebuildIndex } from '../index/rebuild-index.js';
import { openOperationalDatabase } from '../submission/outbox-database.js';
import { EXIT, runCommand } from './client.js';
import { asFailure, configOf } from './gateway-folder.js';
import type { FolderOptions } from './gateway-folder.js';
import { withPeerBlocks } from './peer-blocks.js';

interface RebuildOptions extends FolderOptions {
  readonly linksAlone: boolean;
}

/** `passage index-rebuild`: makes a stopped gateway's index anew. Exit 0 done, 1 a block fails a check, 2 wrong use, 3 not done. */
export function indexRebuildCommand(): Command {
  return new Command('index-rebuild')
    .description("make a stopped gateway's index anew from its peer's blocks")
    .option('--org <name>', 'the organisation whose index to rebuild', 'customs')
    .option('--dir <folder>', "the running state's folder", '.passage')
    .option(
      '--links-alone',
      `make the checks ${linkChecks.join(', ')} alone, and believe the peer what is valid: faster, and every answer says so until index-verify has made up the others`,
      false,
    )
    .action((options: RebuildOptions) => runCommand(() => indexRebuild(options)));
}

async function indexRebuild(options: RebuildOptions): Promise<number> {
  const config = configOf(options);
  const { profile, trust, folder, index: place } = config;
  const { chaincode } = profile;
  const { linksAlone } = options;
  // Held open for as long as this takes: no gateway starts in the folder meanwhile.
  const operational = await openOperationalDatabase(join(folder, 'operational.sqlite')).catch(
    (error: unknown) => {
      throw asFailure(error);
    },
  );
  try {
    return await withPeerBlocks(config, async (source) => {
      const newest = await rebuildIndex({
        place,
        beside: join(folder, 'index.rebuilt.sqlite'),
        source,
        verifier: (index) => verifierOf(trust, chaincode, index, { linksAlone }),
        chaincode,
      });
      process.stdout.write(tell(newest, linksAlone));
      return EXIT.done;
    });
  } finally {
    await operational.destroy();
  }
}

function tell(newest: number, linksAlone: boolean): string {
  const blocks = `blocks 0 to ${String(newest)}`;
  return linksAlone
    ? `rebuilt from ${blocks}, of which ${linkChecks.join(', ')} alone were checked: index-verify makes up the rest\n`
    : `rebuilt from ${blocks}, with every check\n`;
}
