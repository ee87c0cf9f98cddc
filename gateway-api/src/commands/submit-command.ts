import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { Command } from 'commander';

import { messageOf } from '../errors.js';
import { CommandFailure, EXIT, ask, gatewayUrl, runCommand, tokenFor } from './client.js';

interface SubmitOptions {
  readonly url?: string;
  readonly token?: string;
  readonly party?: string;
  readonly role?: string;
  readonly org: string;
  readonly dir: string;
  readonly json: boolean;
}

interface Outcome {
  readonly accepted: { readonly index: number; readonly id: string; readonly duplicate: boolean }[];
  readonly refused: {
    readonly index: number;
    readonly id?: string;
    readonly code: string;
    readonly pointer?: string;
    readonly message: string;
    readonly next: string;
  }[];
}

const MUTATION = `mutation ($input: RecordStatementsInput!) {
  recordStatements(input: $input) {
    accepted { index id duplicate }
    refused { index id code pointer message next }
  }
}`;

/** Statements in one request. */
const CHUNK = 100;

/** `passage submit`: sends signed statements to a gateway. Exit 0 all accepted, 1 some refused, 2 wrong use, 3 not done. */
export function submitCommand(): Command {
  return new Command('submit')
    .description('send signed statements: one compact JWS a line, or a JSON array of them')
    .argument('<file>', 'the file, or - for standard input')
    .option('--url <url>', "the gateway's GraphQL address (default: from the profile)")
    .option('--token <token>', 'the token to send (default: PASSAGE_TOKEN, else one of the local issuer)')
    .option('--party <id>', 'with the local issuer: the party that sends')
    .option('--role <role>', 'with the local issuer: the role it sends in')
    .option('--org <name>', 'the organisation whose gateway to use', 'business')
    .option('--dir <folder>', "the running state's folder", '.passage')
    .option('--json', 'print one JSON object', false)
    .action((file: string, options: SubmitOptions) => runCommand(() => submit(file, options)));
}

async function submit(file: string, options: SubmitOptions): Promise<number> {
  const statements = readStatements(file);
  const token = await senderToken(options);
  const url = gatewayUrl(options.url, options.dir, options.org);
  const outcome: Outcome = { accepted: [], refused: [] };
  for (let from = 0; from < statements.length; from += CHUNK) {
    const input = { requestId: randomUUID(), statements: statements.slice(from, from + CHUNK) };
    const answer = await ask(url, token, MUTATION, { input });
    const { recordStatements } = answer as { recordStatements: Outcome };
    outcome.accepted.push(...recordStatements.accepted.map((a) => ({ ...a, index: a.index + from })));
    outcome.refused.push(...recordStatements.refused.map((r) => ({ ...r, index: r.index + from })));
  }
  process.stdout.write(options.json ? `${JSON.stringify(outcome)}\n` : told(outcome));
  return outcome.refused.length === 0 ? EXIT.done : EXIT.no;
}

function senderToken(options: SubmitOptions): Promise<string> {
  const { token, party, role, dir } = options;
  if (token === undefined && !process.env['PASSAGE_TOKEN'] && (party === undefined || role === undefined)) {
    throw new CommandFailure('say who sends: --party ID --role ROLE, or --token TOKEN', EXIT.wrongUse);
  }
  return tokenFor(token, dir, options);
}

function told({ accepted, refused }: Outcome): string {
  const known = accepted.filter((a) => a.duplicate).length;
  const lines = refused.flatMap((r) => [
    `statement ${String(r.index + 1)} refused: ${r.code}${r.pointer ? ` at ${r.pointer}` : ''}: ${r.message}`,
    `  ${r.next}`,
  ]);
  const before = known === 0 ? '' : ` (${String(known)} known already)`;
  return [
    ...lines,
    `${String(accepted.length)} accepted${before}, ${String(refused.length)} refused`,
    '',
  ].join('\n');
}

/** Statements of a file: a JSON array of strings, or one a line; blank lines do not count. Throws CommandFailure. */
export function readStatements(file: string): readonly string[] {
  const text = readText(file).trim();
  const statements = text.startsWith('[')
    ? parseArray(file, text)
    : text.split('\n').map((line) => line.trim());
  const present = statements.filter((statement) => statement !== '');
  if (present.length === 0) throw new CommandFailure(`${shown(file)} holds no statement`, EXIT.couldNot);
  return present;
}

function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new CommandFailure(
      `${shown(file)} cannot be read (${messageOf(error)}): check its name`,
      EXIT.couldNot,
    );
  }
}

function parseArray(file: string, text: string): readonly string[] {
  const broken = (why: string): CommandFailure =>
    new CommandFailure(
      `${shown(file)} is no JSON array of compact JWS texts (${why}): mend it`,
      EXIT.couldNot,
    );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw broken(messageOf(error));
  }
  if (!Array.isArray(value) || !value.every((v) => typeof v === 'string'))
    throw broken('other things stand in it');
  return value;
}

function shown(file: string): string {
  return file === '-' ? 'standard input' : file;
}
