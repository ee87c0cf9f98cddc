import { readFileSync } from 'node:fs';

import { Option } from 'commander';
import type { Command } from 'commander';

import { readCredential, registrarHolder } from '../acts/registrar.js';
import { CaClient } from '../ca/ca-client.js';
import type { CertificateHolder } from '../ca/token.js';
import type { ChannelPlace } from '../channel/channel.js';
import { EnrolmentError } from '../errors.js';
import { readText } from '../files.js';
import { readIdentity } from '../identity/identity-folder.js';
import { openKey } from '../keys/open-key.js';
import type { TokenAccess } from '../keys/open-key.js';
import { holderOf } from '../keys/signing-key.js';
import { profileOrganization } from '../profile.js';
import type { Organization } from '../profile.js';

/** Exit codes of every subcommand. */
export const EXIT = { done: 0, no: 1 } as const;

/** Where the organisation's CA and channel are. */
export interface PlaceOptions {
  readonly dir: string;
  readonly org: string;
  readonly caUrl?: string;
  readonly caName: string;
  readonly tlsRoot?: string;
  readonly json: boolean;
}

/** Who asks the CA on others' behalf. */
export interface RegistrarOptions extends PlaceOptions {
  readonly registrar?: string;
}

export function addPlaceOptions(command: Command): Command {
  return command
    .option('--org <name>', 'the organisation, as the profile names it', 'business')
    .option('--dir <folder>', "the running state's folder, with profile.json", '.passage')
    .option('--ca-url <url>', "the CA's address, instead of the profile's")
    .option('--ca-name <name>', "the CA's name, with --ca-url", 'ca')
    .option('--tls-root <file>', "with --ca-url: the root (PEM) of the CA server's TLS certificate")
    .option('--json', 'print one JSON object', false);
}

export function addRegistrarOptions(command: Command): Command {
  return addPlaceOptions(command).option(
    '--registrar <file>',
    'the registrar\'s {"id", "secret"}, instead of the one that the profile names',
  );
}

export function addPinOption(command: Command): Command {
  return command.addOption(
    new Option('--pin-file <file>', "file with the token's PIN (or PASSAGE_PKCS11_PIN)"),
  );
}

/** The CA that is meant. Ends with wrong use when only half of it is said. */
export function caOf(command: Command, { dir, org, caUrl, caName, tlsRoot }: PlaceOptions): CaClient {
  if (caUrl === undefined && tlsRoot === undefined) {
    const { ca } = profileOrganization(dir, org);
    return new CaClient({ url: ca.url, name: ca.name, tlsRootFile: ca.tlsRootCert });
  }
  if (caUrl === undefined || tlsRoot === undefined || !URL.canParse(caUrl))
    command.error('name the CA with both --ca-url https://… and --tls-root FILE, or neither');
  return new CaClient({ url: caUrl, name: caName, tlsRootFile: tlsRoot });
}

/** The CA with its registrar. */
export async function registrarOf(
  command: Command,
  options: RegistrarOptions,
): Promise<{ readonly ca: CaClient; readonly registrar: CertificateHolder }> {
  const ca = caOf(command, options);
  const file = options.registrar ?? profileOrganization(options.dir, options.org).ca.registrar;
  return { ca, registrar: await registrarHolder(ca, readCredential(file)) };
}

/** Work with an administrator's certificate: of an identity's folder, or of the profile. */
export async function asAdministrator<T>(
  organization: Organization,
  { admin, access }: { readonly admin?: string; readonly access: TokenAccess },
  work: (holder: CertificateHolder) => Promise<T>,
): Promise<T> {
  const identity = admin === undefined ? undefined : readIdentity(admin);
  const place = identity?.key ?? { kind: 'file' as const, path: organization.admin.key };
  const key = await openKey(place, access, 'existing');
  try {
    return await work(holderOf(identity?.cert ?? readText(organization.admin.cert), key));
  } finally {
    key.close();
  }
}

export function channelPlaceOf({
  channel,
  mspId,
  peer,
  orderer,
}: Organization & { readonly channel: string }): ChannelPlace {
  return { channel, mspId, peer, orderer };
}

/** The PIN of a token, read when it is needed: from the file, else from the environment. Never from the command line. */
export function tokenAccess({ pinFile }: { readonly pinFile?: string }): TokenAccess {
  return {
    pin: () => {
      const pin = pinFile === undefined ? process.env['PASSAGE_PKCS11_PIN'] : readText(pinFile).trim();
      if (pin !== undefined && pin !== '') return pin;
      throw new EnrolmentError('TOKEN_UNUSABLE', 'the PIN of the token is missing', {
        next: 'Give it with --pin-file FILE, or in the environment as PASSAGE_PKCS11_PIN.',
      });
    },
  };
}

/** A text from a file, or from standard input for `-`. */
export function readGiven(file: string): string {
  return file === '-' ? readFileSync(0, 'utf8') : readText(file);
}

/** Prints a result: as one JSON object, or in words. */
export function tell(asJson: boolean, result: object, words: readonly string[]): void {
  process.stdout.write(asJson ? `${JSON.stringify(result)}\n` : `${words.join('\n')}\n`);
}
