import { Command } from 'commander';

import { CommandFailure, EXIT, ask, gatewayUrl, runCommand, tokenFor } from './client.js';
import { tellStory } from './trace-story.js';
import type { TraceAnswer, TraceEvent } from './trace-story.js';

interface TraceOptions {
  readonly url?: string;
  readonly token?: string;
  readonly party?: string;
  readonly role?: string;
  readonly org: string;
  readonly dir: string;
  readonly json: boolean;
  readonly afterBlock?: string;
  readonly asKnownAt?: string;
}

const VERIFICATION = 'verification { checks notChecked asOfBlock block position transactionId embedded }';

const QUERY = `query ($ucr: UCR!, $after: String, $asKnownAt: Natural) {
  trace(ucr: $ucr, first: 100, after: $after, asKnownAt: $asKnownAt) {
    shipment {
      ucr opener importer declarant seller origin departure transportMode openedAt goods { hs hsEdition } ${VERIFICATION}
    }
    custody { custodian since ${VERIFICATION} }
    where { id unlocode }
    seenBy(first: 100) { nodes { kid kind owner status } }
    totalCount
    pageInfo { hasNextPage endCursor }
    edges { node {
      __typename id recordedAt place { id unlocode } ${VERIFICATION}
      ... on ShipmentOpened { custodian act { party role mspId keyHeldBy } }
      ... on Observation { statementId seq eventTime type bizStep disposition device { kid kind owner } }
      ... on CustomsDecision { decision act { party role mspId keyHeldBy } }
      ... on HandoverStep { step handover { number from to place reason } act { party role mspId keyHeldBy } }
    } }
  }
}`;

/** `passage trace`: one shipment's story. Exit 0 told, 1 there is no such shipment, 2 wrong use, 3 not done. */
export function traceCommand(): Command {
  return new Command('trace')
    .description("tell one shipment's story: who had it, where, seen by which device, and what was verified")
    .argument('<ucr>', "the shipment's unique consignment reference")
    .option('--url <url>', "the gateway's GraphQL address (default: from the profile)")
    .option('--token <token>', 'the token to send (default: PASSAGE_TOKEN, else one of the local issuer)')
    .option('--party <id>', 'with the local issuer: the party that asks (default: the organisation itself)')
    .option('--role <role>', 'with the local issuer: the role it asks in')
    .option('--org <name>', 'the organisation whose gateway to ask', 'customs')
    .option('--dir <folder>', "the running state's folder", '.passage')
    .option('--after-block <number>', 'wait until the gateway has read this block')
    .option('--as-known-at <block>', 'the story as the ledger told it once it held this block')
    .option('--json', 'print one JSON object', false)
    .action((ucr: string, options: TraceOptions) => runCommand(() => trace(ucr, options)));
}

async function trace(ucr: string, options: TraceOptions): Promise<number> {
  const url = gatewayUrl(options.url, options.dir, options.org);
  const asKnownAt = blockIn(options.asKnownAt);
  const token = await tokenFor(options.token, options.dir, options);
  const story = await readTrace(url, token, { ucr, asKnownAt }, options.afterBlock);
  if (!story) {
    const why = `no verified block holds a shipment ${ucr} that this caller may see`;
    process.stdout.write(options.json ? `${JSON.stringify({ ucr, found: false })}\n` : `${why}\n`);
    return EXIT.no;
  }
  process.stdout.write(options.json ? `${JSON.stringify(story)}\n` : tellStory(story));
  return EXIT.done;
}

function blockIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[0-9]{1,15}$/.test(text)) return Number(text);
  throw new CommandFailure(`--as-known-at ${text} is no number of a block`, EXIT.wrongUse);
}

/** The whole trace, page by page. */
async function readTrace(
  url: string,
  token: string,
  about: { readonly ucr: string; readonly asKnownAt: number | undefined },
  afterBlock?: string,
): Promise<TraceAnswer | undefined> {
  const events: TraceEvent[] = [];
  for (let after: string | undefined; ;) {
    const answer = await ask(url, token, QUERY, { ...about, after }, afterBlock);
    const { trace: page } = answer as { trace: TracePage | null };
    if (!page) return undefined;
    const { edges, pageInfo, seenBy, ...rest } = page;
    events.push(...edges.map((edge) => edge.node));
    if (!pageInfo.hasNextPage || pageInfo.endCursor === null) {
      return { ...rest, seenBy: seenBy.nodes, events };
    }
    after = pageInfo.endCursor;
  }
}

type TracePage = Omit<TraceAnswer, 'events' | 'seenBy'> & {
  readonly seenBy: { readonly nodes: TraceAnswer['seenBy'] };
  readonly edges: { readonly node: TraceEvent }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
};
