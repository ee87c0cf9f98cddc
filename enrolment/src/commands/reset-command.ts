import { existsSync } from 'node:fs';

import { Command } from 'commander';

import { resetIdentity } from '../acts/revoke.js';
import type { CaClient } from '../ca/ca-client.js';
import type { CertificateHolder } from '../ca/token.js';
import { EnrolmentError } from '../errors.js';
import { Keystore } from '../identity/keystore.js';
import { addListOptions, spreadList } from './crl-command.js';
import type { ListOptions } from './crl-command.js';
import { registrarOf, tell } from './options.js';
import { tellCredential } from './register-command.js';

interface ResetOptions extends ListOptions {
  readonly id?: string;
  readonly keystore?: string;
  readonly secretOut?: string;
}

/** `passage enroll reset`: what to do when a key is lost. */
export function resetCommand(): Command {
  const command = new Command('reset')
    .description('registrar: after a loss, revoke the certificates and give a fresh secret to enrol with')
    .option('--id <id>', 'the identity whose owner lost key or secret')
    .option('--secret-out <file>', 'with --id: write id and secret here, and do not print them')
    .option('--keystore <folder>', 'the keystore of a gateway that lost it: every identity the gateway held')
    .addHelpText(
      'after',
      '\nStop the gateway before you reset its keystore; it enrols each party anew when the party next acts.',
    );
  return addListOptions(command).action((options: ResetOptions) => runReset(command, options));
}

async function runReset(command: Command, options: ResetOptions): Promise<void> {
  const { id, keystore } = options;
  if ((id === undefined) === (keystore === undefined))
    command.error('say what is lost: --id ID, or --keystore FOLDER');
  const { ca, registrar } = await registrarOf(command, options);
  if (id !== undefined) await resetOne(ca, registrar, id, options);
  else await resetKeystore(ca, registrar, keystore ?? '', options);
}

async function resetOne(
  ca: CaClient,
  registrar: CertificateHolder,
  id: string,
  options: ResetOptions,
): Promise<void> {
  const { credential, revoked } = await resetIdentity(ca, registrar, id, 'once');
  const { result, words } = await spreadList(options, await ca.revocationList(registrar));
  const what = `${id}: ${String(revoked.length)} certificates revoked, and a fresh secret`;
  tellCredential(options, credential, [what, ...words], { revoked, ...result });
}

async function resetKeystore(
  ca: CaClient,
  registrar: CertificateHolder,
  folder: string,
  options: ResetOptions,
): Promise<void> {
  if (!existsSync(folder)) {
    throw new EnrolmentError('FILE_UNUSABLE', `there is no folder ${folder}`, {
      next: 'Name the keystore of the gateway (gateways/<org>/keystore); make the empty folder if it is gone.',
    });
  }
  const keystore = new Keystore(folder);
  const held = (await ca.identities(registrar)).filter(
    ({ attributes }) => attributes.get('passage.keyHeldBy') === 'gateway',
  );
  let count = 0;
  for (const { id } of held) {
    const { credential, revoked } = await resetIdentity(ca, registrar, id, 'always');
    keystore.forget(id);
    keystore.saveSecret(id, credential.secret);
    count += revoked.length;
  }
  const { result, words } = await spreadList(options, await ca.revocationList(registrar));
  const told = `${String(held.length)} identities of the gateway reset, ${String(count)} certificates revoked`;
  tell(options.json, { identities: held.map(({ id }) => id), revoked: count, ...result }, [
    told,
    ...words,
    '  start the gateway: it enrols each party anew when the party next acts',
  ]);
}
