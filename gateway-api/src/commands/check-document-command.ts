import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

import { Command } from 'commander';

import { messageOf } from '../errors.js';
import { CommandFailure, EXIT, ask, gatewayUrl, runCommand, tokenFor } from './client.js';

interface CheckOptions {
  readonly url?: string;
  readonly token?: string;
  readonly party?: string;
  readonly role?: string;
  readonly org: string;
  readonly dir: string;
  readonly json: boolean;
}

/** A version on the ledger that the file is. */
interface Found {
  readonly version: number;
  readonly standing: string;
  readonly anchoredAt: string;
  readonly document: {
    readonly id: string;
    readonly type: string;
    readonly issuer: string;
    readonly number: string;
    readonly anchoredBy: string;
    readonly ucr: string | null;
    readonly reason: string | null;
  };
  readonly verification: { readonly asOfBlock: number };
}

const QUERY = `query ($sha256: Hash!) {
  checkDocument(sha256: $sha256) { nodes {
    version standing anchoredAt document { id type issuer number anchoredBy ucr reason }
    verification { checks notChecked asOfBlock block position transactionId embedded }
  } }
}`;

/** `passage check-document`: is this file what was anchored? Exit 0 current, 1 not, 2 wrong use, 3 not done. */
export function checkDocumentCommand(): Command {
  return new Command('check-document')
    .description('compare a file with the ledger: which document it is, and whether that version still holds')
    .argument('<file>', 'the file; it is hashed here and sent nowhere')
    .option('--url <url>', "the gateway's GraphQL address (default: from the profile)")
    .option('--token <token>', 'the token to send (default: PASSAGE_TOKEN, else one of the local issuer)')
    .option('--party <id>', 'with the local issuer: the party that asks (default: the organisation itself)')
    .option('--role <role>', 'with the local issuer: the role it asks in')
    .option('--org <name>', 'the organisation whose gateway to ask', 'customs')
    .option('--dir <folder>', "the running state's folder", '.passage')
    .option('--json', 'print one JSON object', false)
    .action((file: string, options: CheckOptions) => runCommand(() => check(file, options)));
}

async function check(file: string, options: CheckOptions): Promise<number> {
  const sha256 = await hashOf(file);
  const url = gatewayUrl(options.url, options.dir, options.org);
  const token = await tokenFor(options.token, options.dir, options);
  const answer = (await ask(url, token, QUERY, { sha256 })) as {
    readonly checkDocument: { readonly nodes: readonly Found[] };
  };
  const found = answer.checkDocument.nodes;
  const isCurrent = found.some(({ standing }) => standing === 'current');
  const told = options.json
    ? JSON.stringify({ file, sha256, current: isCurrent, found })
    : tell(file, sha256, found);
  process.stdout.write(`${told}\n`);
  return isCurrent ? EXIT.done : EXIT.no;
}

/** SHA-256 over a file's bytes, however large. */
async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(file), hash);
  } catch (error) {
    throw new CommandFailure(`${file} cannot be read (${messageOf(error)})`, EXIT.couldNot);
  }
  return hash.digest('hex');
}

function tell(file: string, sha256: string, found: readonly Found[]): string {
  if (found.length === 0) return `${file}: no verified block holds a document with the hash ${sha256}`;
  return found.map((version) => `${file}: ${sentence(version)}`).join('\n');
}

function sentence({ version, standing, anchoredAt, document, verification }: Found): string {
  const { id, type, issuer, number, anchoredBy, ucr, reason } = document;
  const state = {
    current: 'the newest version',
    superseded: 'not the newest version',
    withdrawn: `withdrawn: ${reason ?? ''}`,
  }[standing];
  const consignment = ucr === null ? '' : `, of consignment ${ucr}`;
  return `${id} version ${String(version)}, ${state ?? standing} (type ${type}, number ${number}, issuer ${issuer} by the word of ${anchoredBy}${consignment}); anchored ${anchoredAt}, as of block ${String(verification.asOfBlock)}`;
}
