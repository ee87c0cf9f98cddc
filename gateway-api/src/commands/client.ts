import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { openLocalIssuer } from '../auth/local-issuer.js';
import { messageOf } from '../errors.js';
import { AFTER_BLOCK } from '../schema/after-block.js';

/** Exit codes of every subcommand. */
export const EXIT = { done: 0, no: 1, wrongUse: 2, couldNot: 3 } as const;

/** An expected failure of a subcommand: a sentence that says what to do, and the exit code. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** One error of a GraphQL answer. */
interface GraphQLAnswerError {
  readonly message: string;
  readonly extensions?: { readonly code?: string; readonly next?: string };
}

/** Runs a subcommand's work; an expected failure becomes one sentence on standard error and its exit code. */
export async function runCommand(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}

/** Asks a gateway and returns `data`; one that has read up to `afterBlock`, where it is given. Throws CommandFailure. */
export async function ask(
  url: string,
  token: string,
  query: string,
  variables: object,
  afterBlock?: string,
): Promise<unknown> {
  const after = afterBlock === undefined ? {} : { [AFTER_BLOCK]: afterBlock };
  const response = await post(
    url,
    { ...after, authorization: `Bearer ${token}` },
    JSON.stringify({ query, variables }),
  );
  const { data, errors } = await read(url, response);
  const [first] = errors ?? [];
  if (first) throw new CommandFailure(sentence(first), isWrongUse(first) ? EXIT.wrongUse : EXIT.couldNot);
  if (data === undefined) throw new CommandFailure(`${url} does not answer as a gateway does`, EXIT.couldNot);
  return data;
}

async function post(url: string, about: Record<string, string>, body: string): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...about };
  try {
    return await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(60_000) });
  } catch (error) {
    const reason = error instanceof Error && error.cause ? messageOf(error.cause) : messageOf(error);
    throw new CommandFailure(
      `there is no answer from the gateway at ${url} (${reason}): start it with ./test-network.sh up, or name another with --url`,
      EXIT.couldNot,
    );
  }
}

async function read(
  url: string,
  response: Response,
): Promise<{ data?: unknown; errors?: GraphQLAnswerError[] }> {
  try {
    return (await response.json()) as { data?: unknown; errors?: GraphQLAnswerError[] };
  } catch {
    const status = String(response.status);
    throw new CommandFailure(`${url} is no Passage gateway (HTTP ${status}, and no JSON)`, EXIT.couldNot);
  }
}

function sentence({ message, extensions }: GraphQLAnswerError): string {
  return [extensions?.code ?? 'REFUSED', ': ', message, extensions?.next ? `. ${extensions.next}` : ''].join(
    '',
  );
}

function isWrongUse({ extensions }: GraphQLAnswerError): boolean {
  return extensions?.code === 'BAD_ARGUMENT';
}

/** Address of an organisation's gateway: the one given, else that of the profile in the running state's folder. */
export function gatewayUrl(given: string | undefined, dir: string, org: string): string {
  if (given !== undefined) {
    if (!URL.canParse(given)) throw new CommandFailure(`--url ${given} is no URL`, EXIT.wrongUse);
    return given;
  }
  const path = join(resolve(dir), 'profile.json');
  try {
    const profile = JSON.parse(readFileSync(path, 'utf8')) as {
      organizations: { name: string; gateway?: { url: string } }[];
    };
    const url = profile.organizations.find((o) => o.name === org)?.gateway?.url;
    if (url !== undefined) return url;
  } catch (error) {
    throw new CommandFailure(
      `${path} cannot be read (${messageOf(error)}): start the network with ./test-network.sh up, or name a gateway with --url`,
      EXIT.couldNot,
    );
  }
  throw new CommandFailure(
    `${path} knows no gateway of "${org}": name another with --org, or --url`,
    EXIT.wrongUse,
  );
}

/** The token given (or in PASSAGE_TOKEN), else one of the local issuer for a caller who may ask. */
export async function tokenFor(
  given: string | undefined,
  dir: string,
  { org, party, role }: { readonly org: string; readonly party?: string; readonly role?: string },
): Promise<string> {
  const token = given ?? process.env['PASSAGE_TOKEN'];
  if (token !== undefined && token !== '') return token;
  const issuer = await openLocalIssuer(resolve(dir));
  return issuer.token(
    { admin: false, org, ...(party !== undefined && { party }), ...(role !== undefined && { role }) },
    300,
  );
}
