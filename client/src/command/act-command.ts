import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { join } from 'node:path';
import process from 'node:process';

import { Command } from 'commander';

import { ClientError } from '../errors.js';
import { PassageClient } from '../passage-client.js';
import type { ConfirmedAct, DoneAct } from '../passage-client.js';
import { ActFailure, addressOf, inputIn, openingsIn } from './act-files.js';
import { fileSigner } from './file-signer.js';

interface ActOptions {
  readonly input: string;
  readonly identity?: string;
  readonly key?: string;
  readonly certificate?: string;
  readonly openings?: string;
  readonly org: string;
  readonly dir: string;
  readonly profile?: string;
  readonly url?: string;
  readonly token?: string;
  readonly confirm: boolean;
  readonly json: boolean;
}

/** `passage act`: one act, signed here with a key of one's own. Exit 0 done, 1 refused, 2 wrong use, 3 not done. */
export function actCommand(): Command {
  return new Command('act')
    .description('carry out one act, signed here with a key of your own after both messages were checked')
    .argument('<command>', 'the act as the ledger calls it, as OfferHandover')
    .requiredOption('--input <file>', "the act's input, a JSON object; - for standard input")
    .option('--identity <folder>', 'what `passage enroll` made: key.pem and cert.pem')
    .option('--key <file>', 'the private key, PEM; it is read here and goes nowhere')
    .option('--certificate <file>', 'its certificate, PEM')
    .option('--openings <file>', 'openings for acts on private fields, as `prove-field` takes them (JSON)')
    .option(
      '--org <name>',
      'the organisation whose gateway carries it, and whose CA gave the certificate',
      'business',
    )
    .option('--dir <folder>', "the running state's folder", '.passage')
    .option('--profile <file>', 'the connection profile (default: profile.json in the folder)')
    .option('--url <url>', "the gateway's GraphQL endpoint (default: the one in the profile)")
    .option('--token <token>', "the gateway's token for this party and role (default: PASSAGE_TOKEN)")
    .option('--confirm', 'show what the act comes to and ask, before the second signature', false)
    .option('--json', 'print one JSON object', false)
    .action(async (command: string, options: ActOptions) => {
      process.exitCode = await act(command, options);
    });
}

async function act(command: string, options: ActOptions): Promise<number> {
  try {
    const { requestId = randomUUID(), ...rest } = inputIn(options.input);
    const token = options.token ?? process.env['PASSAGE_TOKEN'];
    if (typeof requestId !== 'string') throw new ActFailure('requestId in the input is no text', 2);
    if (!token) throw new ActFailure('say who asks: --token TOKEN, or PASSAGE_TOKEN in the environment', 2);
    const place = addressOf(options.profile ?? join(options.dir, 'profile.json'), options.org);
    const client = new PassageClient({
      gateway: { url: options.url ?? place.url, token: () => Promise.resolve(token) },
      signer: await fileSigner(...keyFiles(options), place.mspId),
      channel: place.channel,
      chaincode: place.chaincode,
      ...(options.confirm && { confirm: askHere }),
    });
    const transient = openingsIn(options.openings);
    const done = await client.act(command, { ...rest, requestId }, transient).catch((error: unknown) => {
      throw withRequest(error, requestId);
    });
    process.stdout.write(options.json ? `${JSON.stringify(done)}\n` : told(command, done));
    return 0;
  } catch (error) {
    if (!(error instanceof ActFailure)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
}

/** Where key and certificate lie. @throws ActFailure */
function keyFiles({ identity, key, certificate }: ActOptions): readonly [key: string, certificate: string] {
  const inFolder = (name: string): string | undefined => identity && join(identity, name);
  const files = [key ?? inFolder('key.pem'), certificate ?? inFolder('cert.pem')] as const;
  const [keyFile, certificateFile] = files;
  if (keyFile !== undefined && certificateFile !== undefined) return [keyFile, certificateFile];
  throw new ActFailure('say with which key: --identity FOLDER, or --key FILE and --certificate FILE', 2);
}

/** What the client refuses as one sentence with what to do next, and the request id under which the same act may be sent again. */
function withRequest(error: unknown, requestId: string): unknown {
  if (!(error instanceof ClientError)) return error;
  const { code, message, next, details } = error;
  const ofGateway = typeof details['code'] === 'string' ? details['code'] : undefined;
  const gatewaysNext = typeof details['next'] === 'string' ? details['next'] : next;
  const sentence = `${ofGateway ?? code}: ${message}. ${gatewaysNext} (request id ${requestId})`;
  return new ActFailure(sentence, code === 'GATEWAY_REFUSED' || code === 'NOT_CONFIRMED' ? 1 : 3);
}

async function askHere({ command, input, result }: ConfirmedAct): Promise<boolean> {
  process.stderr.write(`${command} ${JSON.stringify(input)}\ncomes to ${JSON.stringify(result)}\n`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question('Sign it? (y/n) ')).trim());
  } finally {
    terminal.close();
  }
}

function told(command: string, { receipt, result }: DoneAct): string {
  const { block, transactionId, requestId, duplicate } = receipt;
  const again = duplicate ? ', as it had been before' : '';
  return `${command} stands in block ${String(block)}${again} (transaction ${transactionId}, request id ${requestId})
${JSON.stringify(result)}\n`;
}
