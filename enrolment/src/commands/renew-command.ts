import { Command } from 'commander';

import { renew } from '../acts/renew.js';
import { ownerOf } from '../acts/revoke.js';
import { readText } from '../files.js';
import { readIdentity } from '../identity/identity-folder.js';
import type { OwnedIdentity } from '../identity/identity-folder.js';
import { administratorOf, identityFolders } from '../identity/inventory.js';
import { standingOf } from '../identity/standing.js';
import { profileOrganization } from '../profile.js';
import { addPinOption, tell, tokenAccess } from './options.js';

interface RenewOptions {
  readonly dir: string;
  readonly org: string;
  readonly admin: boolean;
  readonly due: boolean;
  readonly newKey: boolean;
  readonly pinFile?: string;
  readonly json: boolean;
}

/** `passage enroll renew`: by the certificate itself, before it ends. */
export function renewCommand(): Command {
  const command = new Command('renew')
    .description('renew certificates before they end; the old certificate is all the CA asks for')
    .argument('[folders...]', "identities' folders")
    .option('--admin', "the organisation's administrator, where the profile says that its files lie", false)
    .option('--org <name>', 'with --admin: whose', 'business')
    .option('--dir <folder>', "the running state's folder", '.passage')
    .option('--due', 'of the folders, or of all in --dir when none is named, those that are due', false)
    .option('--new-key', 'with a new key (key files only)', false)
    .option('--json', 'print one JSON object', false);
  return addPinOption(command).action((folders: readonly string[], options: RenewOptions) =>
    runRenew(command, folders, options),
  );
}

async function runRenew(command: Command, folders: readonly string[], options: RenewOptions): Promise<void> {
  if (folders.length === 0 && !options.admin && !options.due)
    command.error('say what to renew: folders of identities, --admin, or --due for all that are due');
  const now = new Date();
  const chosen = chosenIdentities(folders, options).filter(
    ({ cert }) => !options.due || standingOf(cert, now).state !== 'good',
  );
  const renewed: { id: string; certificate: string; notAfter: Date; daysLeft: number }[] = [];
  for (const identity of chosen) {
    const cert = await renew(identity, { newKey: options.newKey, access: tokenAccess(options) });
    const { notAfter, daysLeft } = standingOf(cert, new Date());
    renewed.push({ id: identity.id, certificate: identity.certFile, notAfter, daysLeft });
  }
  const words = renewed.map(
    ({ id, notAfter, daysLeft }) =>
      `${id}: renewed until ${notAfter.toISOString().slice(0, 10)} (${String(daysLeft)} days)`,
  );
  const after = options.admin
    ? ["  restart the organisation's gateway, so that it takes the new certificate"]
    : [];
  tell(options.json, { renewed }, renewed.length > 0 ? [...words, ...after] : ['nothing is due']);
}

function chosenIdentities(
  folders: readonly string[],
  { dir, org, admin, due }: RenewOptions,
): readonly OwnedIdentity[] {
  const named = folders.length === 0 && due && !admin ? identityFolders(dir) : folders;
  const identities = named.map((folder) => readIdentity(folder));
  if (!admin) return identities;
  const organization = profileOrganization(dir, org);
  const cert = readText(organization.admin.cert);
  return [...identities, administratorOf(organization, cert, ownerOf(cert))];
}
