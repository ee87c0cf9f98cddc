import { join, resolve } from 'node:path';

import { Command } from 'commander';

import { openLocalIssuer } from '../auth/local-issuer.js';
import { restoreBackup } from '../backup/restore-backup.js';
import { saveBackup } from '../backup/save-backup.js';
import type { GatewayConfig } from '../config.js';
import { messageOf } from '../errors.js';
import { CommandFailure, EXIT, runCommand } from './client.js';
import { asFailure, configOf } from './gateway-folder.js';
import type { FolderOptions } from './gateway-folder.js';

interface BackupOptions extends FolderOptions {
  readonly out: string;
  readonly token?: string;
}

interface RestoreOptions extends FolderOptions {
  readonly from: string;
}

/** `passage backup`: saves what of a gateway stands nowhere else, also while it runs. Exit 0 done, 2 wrong use, 3 not done. */
export function backupCommand(): Command {
  return new Command('backup')
    .description("save a gateway's operational database (outbox, access records, alerts), also while it runs")
    .requiredOption('--out <folder>', 'where to; an earlier backup there is replaced')
    .option('--org <name>', 'the organisation whose gateway to save', 'customs')
    .option('--dir <folder>', "the running state's folder", '.passage')
    .option(
      '--token <token>',
      "an administrator's token (default: PASSAGE_TOKEN, else one of the local issuer)",
    )
    .action((options: BackupOptions) => runCommand(() => backup(options)));
}

/** `passage restore`: puts a backup back while the gateway is stopped. Exit 0 done, 2 wrong use, 3 not done. */
export function restoreCommand(): Command {
  return new Command('restore')
    .description('put a backup in the place of the operational database of a stopped gateway')
    .requiredOption('--from <folder>', 'what `passage backup` wrote')
    .option('--org <name>', 'the organisation whose gateway it is', 'customs')
    .option('--dir <folder>', "the running state's folder", '.passage')
    .action((options: RestoreOptions) => runCommand(() => restore(options)));
}

async function backup({ out, token, ...options }: BackupOptions): Promise<number> {
  const config = configOf(options);
  const url = new URL('/backup', config.organization.gateway.url).href;
  try {
    const { takenAt } = await saveBackup(resolve(out), config, async () => {
      await askFor(url, await adminToken(token, options));
    });
    process.stdout.write(`saved the gateway of ${options.org} as of ${takenAt} in ${resolve(out)}\n`);
    process.stdout.write(
      `not in it: ${keystore(config)}, whose keys no backup can make again; keep a copy\n`,
    );
    return EXIT.done;
  } catch (error) {
    throw asFailure(error);
  }
}

async function restore({ from, ...options }: RestoreOptions): Promise<number> {
  try {
    const config = configOf(options);
    const { takenAt } = await restoreBackup(resolve(from), config);
    process.stdout.write(`the gateway of ${options.org} has its operational database of ${takenAt} again\n`);
    process.stdout.write(
      `see that ${keystore(config)} is the one of then: without it webhooks stay paused\n`,
    );
    return EXIT.done;
  } catch (error) {
    throw asFailure(error);
  }
}

function keystore({ folder }: GatewayConfig): string {
  return join(folder, 'keystore');
}

async function adminToken(given: string | undefined, { org, dir }: FolderOptions): Promise<string> {
  const token = given ?? process.env['PASSAGE_TOKEN'];
  if (token !== undefined && token !== '') return token;
  return (await openLocalIssuer(resolve(dir))).token({ admin: true, org }, 60);
}

async function askFor(url: string, token: string): Promise<void> {
  let answer: { readonly code?: string; readonly message?: string };
  try {
    const response = await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
    if (response.ok) return;
    answer = (await response.json()) as typeof answer;
  } catch (error) {
    const reason = messageOf(error);
    throw new CommandFailure(`the gateway at ${url} runs and does not answer (${reason})`, EXIT.couldNot);
  }
  const { code = 'INTERNAL', message = 'it gives no reason' } = answer;
  throw new CommandFailure(`${code}: the gateway at ${url} takes no backup: ${message}`, EXIT.couldNot);
}
