import { Command } from 'commander';

import { inventory, ofFolder } from '../identity/inventory.js';
import type { KeptCertificate } from '../identity/inventory.js';
import { standingOf } from '../identity/standing.js';
import { EXIT, tell } from './options.js';

/** `passage enroll status`: what is due. Exit 0 when nothing is, 1 when something is due or has ended. */
export function statusCommand(): Command {
  return new Command('status')
    .description('days left of every certificate here: identities, administrators, keystores of gateways')
    .argument('[folders...]', 'folders of identities (default: everything below --dir)')
    .option('--dir <folder>', "the running state's folder", '.passage')
    .option('--json', 'print one JSON object', false)
    .action((folders: readonly string[], options: { readonly dir: string; readonly json: boolean }) => {
      const kept = folders.length > 0 ? folders.map((folder) => ofFolder(folder)) : inventory(options.dir);
      const rows = kept.map((one) => rowOf(one, new Date()));
      const words = rows.map(inWords);
      tell(
        options.json,
        { certificates: rows },
        words.length > 0 ? words : [`there is no certificate in ${options.dir}`],
      );
      process.exitCode = rows.every(({ state }) => state === 'good') ? EXIT.done : EXIT.no;
    });
}

type Row = ReturnType<typeof rowOf>;

function rowOf({ name, cert, renewal }: KeptCertificate, now: Date) {
  const { daysLeft, state, notAfter, renewFrom } = standingOf(cert, now);
  return {
    name,
    state,
    daysLeft,
    notAfter: notAfter.toISOString(),
    renewFrom: renewFrom.toISOString(),
    renewal,
  };
}

function inWords({ name, state, daysLeft, notAfter, renewFrom, renewal }: Row): string {
  const end = `${notAfter.slice(0, 10)} (${String(daysLeft)} days)`;
  if (state === 'good') return `${name}: until ${end}; renew from ${renewFrom.slice(0, 10)}`;
  if (state === 'due') return `${name}: DUE, ends ${end}: ${renewal}`;
  return `${name}: ENDED ${end}: passage enroll reset, then enrol anew`;
}
