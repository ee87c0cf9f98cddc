import { Command, Option } from 'commander';

import { certificateName, revokeCertificates } from '../acts/revoke.js';
import type { CaClient, CertificateName, RevocationReason } from '../ca/ca-client.js';
import type { CertificateHolder } from '../ca/token.js';
import { readText } from '../files.js';
import { addListOptions, spreadList } from './crl-command.js';
import type { ListOptions } from './crl-command.js';
import { registrarOf, tell } from './options.js';

const REASONS: readonly RevocationReason[] = [
  'unspecified',
  'keycompromise',
  'affiliationchanged',
  'superseded',
  'cessationofoperation',
  'privilegewithdrawn',
];

interface RevokeOptions extends ListOptions {
  readonly id?: string;
  readonly cert?: string;
  readonly keepIdentity: boolean;
  readonly reason: RevocationReason;
}

/** `passage enroll revoke`: at the CA and on the channel, in one. */
export function revokeCommand(): Command {
  const command = new Command('revoke')
    .description('registrar: revoke an identity or one certificate, at the CA and on the channel')
    .option('--id <id>', 'the identity, for good, with all its certificates')
    .option('--keep-identity', 'with --id: all its certificates, but it may enrol anew', false)
    .option('--cert <file>', 'this certificate alone')
    .addOption(new Option('--reason <reason>', 'why (RFC 5280)').choices(REASONS).default('unspecified'));
  return addListOptions(command).action((options: RevokeOptions) => runRevoke(command, options));
}

async function runRevoke(command: Command, options: RevokeOptions): Promise<void> {
  if ((options.id === undefined) === (options.cert === undefined))
    command.error('say what to revoke: --id ID, or --cert FILE');
  const { ca, registrar } = await registrarOf(command, options);
  const revoked = await revoke(ca, registrar, options);
  const { result, words } = await spreadList(options, await ca.revocationList(registrar));
  const what = options.id ?? options.cert ?? '';
  const count = `${String(revoked.length)} certificate${revoked.length === 1 ? '' : 's'}`;
  tell(options.json, { revoked, ...result }, [`${what}: ${count} revoked at ${ca.server.url}`, ...words]);
}

async function revoke(
  ca: CaClient,
  registrar: CertificateHolder,
  { id, cert, keepIdentity, reason }: RevokeOptions,
): Promise<readonly CertificateName[]> {
  if (id !== undefined)
    return keepIdentity
      ? revokeCertificates(ca, registrar, id, reason)
      : ca.revokeIdentity(registrar, id, reason);
  const name = certificateName(readText(cert ?? ''));
  await ca.revokeCertificate(registrar, name, reason);
  return [name];
}
