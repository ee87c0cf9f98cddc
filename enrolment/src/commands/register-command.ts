import { Command } from 'commander';

import { idFor, register } from '../acts/register.js';
import type { Newcomer } from '../acts/register.js';
import { PRIVATE, writeWhole } from '../files.js';
import { addRegistrarOptions, EXIT, registrarOf, tell } from './options.js';
import type { RegistrarOptions } from './options.js';

interface RegisterOptions extends RegistrarOptions {
  readonly party?: string;
  readonly role?: string;
  readonly gateway?: string;
  readonly id?: string;
  readonly secretOut?: string;
}

/** `passage enroll register`: the registrar's half. */
export function registerCommand(): Command {
  const command = new Command('register')
    .description('registrar: let a party, an officer or a gateway enrol; prints the secret')
    .option('--party <id>', 'the party on the ledger, or the office of an officer')
    .option('--role <role>', 'the role to act in')
    .option('--gateway <name>', 'a gateway, which may then register its parties and nobody else')
    .option('--id <id>', 'the enrolment id (default: <party>.<role>.own, or <name>.gateway)')
    .option('--secret-out <file>', 'write id and secret here, for the owner, and do not print them');
  return addRegistrarOptions(command).action((options: RegisterOptions) => runRegister(command, options));
}

async function runRegister(command: Command, options: RegisterOptions): Promise<void> {
  const newcomer = newcomerOf(command, options);
  const { ca, registrar } = await registrarOf(command, options);
  const credential = await register(ca, registrar, newcomer, options.id ?? idFor(newcomer));
  tellCredential(options, credential, [`${credential.id} is registered with the CA at ${ca.server.url}`]);
  process.exitCode = EXIT.done;
}

/** Hands a secret on: into a file for its owner, or onto the screen. */
export function tellCredential(
  { json, secretOut }: { readonly json: boolean; readonly secretOut?: string },
  credential: { readonly id: string; readonly secret: string },
  words: readonly string[],
  more: object = {},
): void {
  const { id, secret } = credential;
  if (secretOut !== undefined) {
    writeWhole(secretOut, `${JSON.stringify(credential, null, 2)}\n`, PRIVATE);
    const next = `  its owner takes ${secretOut} over a way that both trust, and runs: passage enroll --secret-file ${secretOut}`;
    tell(json, { id, secretFile: secretOut, ...more }, [...words, next]);
    return;
  }
  const next = `  secret: ${secret}`;
  tell(json, { id, secret, ...more }, [
    ...words,
    next,
    `  its owner runs: passage enroll --id ${id} --secret-file -`,
  ]);
}

function newcomerOf(command: Command, { party, role, gateway }: RegisterOptions): Newcomer {
  if (gateway !== undefined && party === undefined && role === undefined)
    return { kind: 'gateway', name: gateway };
  if (gateway === undefined && party !== undefined && role !== undefined)
    return { kind: 'party', party, role };
  command.error('say who: --party ID --role ROLE, or --gateway NAME');
}
