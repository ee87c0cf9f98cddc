import { Command } from 'commander';

import type { CertificateHolder } from '../ca/token.js';
import { publishList } from '../channel/publish-list.js';
import { PUBLIC, writeWhole } from '../files.js';
import { profileOrganization } from '../profile.js';
import {
  addPinOption,
  addRegistrarOptions,
  asAdministrator,
  channelPlaceOf,
  readGiven,
  registrarOf,
  tell,
  tokenAccess,
} from './options.js';
import type { RegistrarOptions } from './options.js';

/** How a revocation list gets from the CA into the channel. */
export interface ListOptions extends RegistrarOptions {
  readonly admin?: string;
  readonly pinFile?: string;
  /** False with --no-channel. */
  readonly channel: boolean;
  readonly crlOut?: string;
}

/** The options of every command that changes what is revoked. */
export function addListOptions(command: Command): Command {
  return addPinOption(addRegistrarOptions(command))
    .option('--admin <folder>', "the administrator's identity, instead of the profile's")
    .option(
      '--no-channel',
      'leave the channel alone; then bring the list in with `passage enroll crl --from FILE`',
    )
    .option('--crl-out <file>', 'write the revocation list (PEM) here as well');
}

/** `passage enroll crl`: brings the CA's revocation list into the channel. */
export function crlCommand(): Command {
  const command = new Command('crl')
    .description("bring the CA's revocation list into the channel, by the administrator's signature alone")
    .option('--from <file>', 'a list (PEM) that --crl-out wrote, instead of asking the CA');
  return addListOptions(command).action((options: ListOptions & { from?: string }) =>
    runCrl(command, options),
  );
}

async function runCrl(command: Command, options: ListOptions & { readonly from?: string }): Promise<void> {
  const list = options.from === undefined ? await askedList(command, options) : readGiven(options.from);
  const { result, words } = await spreadList(options, list);
  tell(options.json, result, words);
}

async function askedList(command: Command, options: ListOptions): Promise<string> {
  const { ca, registrar } = await registrarOf(command, options);
  return ca.revocationList(registrar);
}

/** Writes a list where it is wanted: into a file, into the channel. */
export async function spreadList(
  options: ListOptions,
  list: string,
): Promise<{ readonly result: object; readonly words: readonly string[] }> {
  if (options.crlOut !== undefined) writeWhole(options.crlOut, list, PUBLIC);
  if (!options.channel) {
    const words = 'the channel does not know of it yet: bring the list in with `passage enroll crl`';
    return { result: { channel: null }, words: [words] };
  }
  const organization = profileOrganization(options.dir, options.org);
  const by = { ...(options.admin !== undefined && { admin: options.admin }), access: tokenAccess(options) };
  const publish = (holder: CertificateHolder) => publishList(channelPlaceOf(organization), holder, list);
  const isNew = await asAdministrator(organization, by, publish);
  const { channel, mspId } = organization;
  const words = isNew ? 'has the revocation list of' : 'had this revocation list already, of';
  return { result: { channel, changed: isNew }, words: [`channel ${channel} ${words} ${mspId}`] };
}
