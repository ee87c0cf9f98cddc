import { join, resolve } from 'node:path';

import { Command } from 'commander';

import { enrol } from '../acts/enrol.js';
import { EnrolmentError, messageOf } from '../errors.js';
import { keyFileIn } from '../identity/identity-folder.js';
import type { OwnedIdentity } from '../identity/identity-folder.js';
import { standingOf } from '../identity/standing.js';
import type { KeyPlace } from '../keys/places.js';
import { profileOrganization } from '../profile.js';
import { checkCommand } from './check-command.js';
import { crlCommand } from './crl-command.js';
import { listCommand } from './list-command.js';
import { addPinOption, addPlaceOptions, caOf, readGiven, tell, tokenAccess } from './options.js';
import type { PlaceOptions } from './options.js';
import { registerCommand } from './register-command.js';
import { renewCommand } from './renew-command.js';
import { resetCommand } from './reset-command.js';
import { revokeCommand } from './revoke-command.js';
import { statusCommand } from './status-command.js';

interface EnrollOptions extends PlaceOptions {
  readonly id?: string;
  readonly secretFile?: string;
  readonly mspId?: string;
  readonly out?: string;
  readonly key?: string;
  readonly pkcs11Module?: string;
  readonly pkcs11Token?: string;
  readonly pkcs11Label?: string;
  readonly pinFile?: string;
}

/** `passage enroll`: certificates from the organisation's CA, from the first to the last. Exit 0, 2 wrong use, 3 not done. */
export function enrollCommand(): Command {
  const command = new Command('enroll')
    .description("get a certificate from the organisation's CA for a key that stays where it is")
    .option('--id <id>', 'the id that the registrar registered (default: the one in the secret file)')
    .option('--secret-file <file>', 'the secret, or what register wrote; - for standard input')
    .option('--msp-id <id>', "the organisation's MSP, with --ca-url")
    .option('--out <folder>', 'the folder for the identity (default: identities/<id> in --dir)')
    .option('--key <file>', 'the key, new or existing (default: key.pem in the folder)')
    .option('--pkcs11-module <file>', "keep the key in a PKCS#11 token: the vendor's library")
    .option('--pkcs11-token <label>', 'the label of the token')
    .option('--pkcs11-label <label>', 'the label of the key pair, new or existing (default: the id)');
  addPinOption(addPlaceOptions(command))
    .enablePositionalOptions()
    .addHelpText('after', HELP)
    .action((options: EnrollOptions) => runEnroll(command, options));
  const parts = [registerCommand, listCommand, statusCommand, renewCommand, checkCommand];
  for (const bring of [...parts, revokeCommand, crlCommand, resetCommand]) command.addCommand(bring());
  return command;
}

const HELP = `
The registrar registers, the owner enrols, on two machines if they like:
  passage enroll register --org business --party KRIMPORTER1 --role importer --secret-out importer.json
  passage enroll --org business --secret-file importer.json
The secret may also stand in PASSAGE_ENROLLMENT_SECRET. docs/enrolment.md has the whole story.`;

async function runEnroll(command: Command, options: EnrollOptions): Promise<void> {
  const { dir, org, caUrl, json } = options;
  const { id, secret } = credentialOf(command, options);
  const ca = caOf(command, options);
  const mspId = options.mspId ?? (caUrl === undefined ? profileOrganization(dir, org).mspId : undefined);
  const folder = resolve(options.out ?? join(dir, 'identities', encodeURIComponent(id)));
  const key = keyPlaceOf(command, options, { id, folder });
  const order = { id, secret, key, folder, ...(mspId !== undefined && { mspId }) };
  const identity = await enrol(ca, order, tokenAccess(options));
  tell(json, ...told(identity, folder));
}

function told(identity: OwnedIdentity, folder: string): [result: object, words: readonly string[]] {
  const { id, ca, key, cert, certFile } = identity;
  const { notAfter, renewFrom, daysLeft } = standingOf(cert, new Date());
  const where = key.kind === 'file' ? key.path : `token "${key.token}", label "${key.label}"`;
  return [
    { id, folder, certificate: certFile, key, notAfter, renewFrom, daysLeft },
    [
      `${id} is enrolled with the CA at ${ca.url}: certificate ${certFile}`,
      `  valid until ${day(notAfter)} (${String(daysLeft)} days); renew it from ${day(renewFrom)} on: passage enroll renew ${folder}`,
      `  the key is in ${where}, and nowhere else`,
    ],
  ];
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function credentialOf(command: Command, { id, secretFile }: EnrollOptions): { id: string; secret: string } {
  const text = (
    secretFile === undefined ? process.env['PASSAGE_ENROLLMENT_SECRET'] : readGiven(secretFile)
  )?.trim();
  if (text === undefined || text === '')
    command.error('give the secret of the registration: --secret-file FILE, or PASSAGE_ENROLLMENT_SECRET');
  const written = text.startsWith('{') ? parseCredential(text) : { secret: text };
  const whose = id ?? written.id;
  if (whose === undefined) command.error('say who enrols: --id ID');
  return { id: whose, secret: written.secret };
}

function parseCredential(text: string): { id?: string; secret: string } {
  try {
    const { id, secret } = JSON.parse(text) as { id?: unknown; secret?: unknown };
    if (typeof secret === 'string') return { ...(typeof id === 'string' && { id }), secret };
    throw new TypeError('it has no "secret"');
  } catch (cause) {
    throw new EnrolmentError('FILE_UNUSABLE', `the secret file cannot be used: ${messageOf(cause)}`, {
      cause,
    });
  }
}

function keyPlaceOf(
  command: Command,
  { key, pkcs11Module, pkcs11Token, pkcs11Label }: EnrollOptions,
  { id, folder }: { readonly id: string; readonly folder: string },
): KeyPlace {
  if (pkcs11Module === undefined && pkcs11Token === undefined)
    return { kind: 'file', path: resolve(key ?? keyFileIn(folder)) };
  if (key !== undefined)
    command.error('keep the key in a file (--key) or in a token (--pkcs11-…), not in both');
  if (pkcs11Module === undefined || pkcs11Token === undefined)
    command.error('name the token with both --pkcs11-module FILE and --pkcs11-token LABEL');
  return { kind: 'pkcs11', module: resolve(pkcs11Module), token: pkcs11Token, label: pkcs11Label ?? id };
}
