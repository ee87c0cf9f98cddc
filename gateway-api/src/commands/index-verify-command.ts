import { join } from 'node:path';

import { Command } from 'commander';

import type { RowDifference } from '../index/compare-indexes.js';
import { verifierOf } from '../index/ledger-verifier.js';
import { verifyIndex } from '../index/verify-index.js';
import type { VerifiedIndex } from '../index/verify-index.js';
import { EXIT, runCommand } from './client.js';
import { configOf } from './gateway-folder.js';
import type { FolderOptions } from './gateway-folder.js';
import { withPeerBlocks } from './peer-blocks.js';

interface VerifyOptions extends FolderOptions {
  readonly json: boolean;
}

/** `passage index-verify`: rebuilds an index beside itself and compares. Exit 0 equal, 1 differs, 2 wrong use, 3 not done. */
export function indexVerifyCommand(): Command {
  return new Command('index-verify')
    .description(
      "rebuild a gateway's index from its peer's blocks, with all checks, and compare it row by row",
    )
    .option('--org <name>', 'the organisation whose index to verify', 'customs')
    .option('--dir <folder>', "the running state's folder", '.passage')
    .option('--json', 'print one JSON object', false)
    .action((options: VerifyOptions) => runCommand(() => indexVerify(options)));
}

async function indexVerify(options: VerifyOptions): Promise<number> {
  const config = configOf(options);
  const { profile, trust, folder, index: place } = config;
  return withPeerBlocks(config, async (source) => {
    const result = await verifyIndex({
      place,
      beside: join(folder, 'index.rebuilt.sqlite'),
      source,
      verifier: (index) => verifierOf(trust, profile.chaincode, index, { yields: true }),
      chaincode: profile.chaincode,
    });
    process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : tell(result));
    return result.differences.length === 0 ? EXIT.done : EXIT.no;
  });
}

function tell({ head, tables, rows, differences, madeUp }: VerifiedIndex): string {
  const upTo = `blocks 0 to ${String(head.number)} (header hash ${head.headerHash})`;
  const [first] = differences;
  if (!first) {
    const made =
      madeUp === undefined ? '' : `every check has been made up of blocks 0 to ${String(madeUp)}\n`;
    return `equal: ${String(rows)} rows of ${String(tables)} tables are what ${upTo} give\n${made}`;
  }
  const lines = differences.map((difference) => `  ${sentenceOf(difference)}\n`);
  return `the index differs from what ${upTo} give; the first row of each table that differs:\n${lines.join('')}`;
}

function sentenceOf({ table, kind, key, block, columns }: RowDifference): string {
  const what = columns.length === 0 ? kind : `${kind} in ${columns.join(', ')}`;
  const from = block === undefined ? '' : `, of block ${String(block)}`;
  return `${table} ${JSON.stringify(key)}${from}: ${what}`;
}
