import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

import { createYoga } from 'graphql-yoga';
import type { YogaInitialContext } from 'graphql-yoga';

import type { Caller } from './auth/caller.js';
import { tokenPlugin } from './auth/token-plugin.js';
import type { Callers } from './auth/token-plugin.js';
import type { TokenVerifier } from './auth/verify-token.js';
import { Refusal, gatewayError } from './errors.js';
import { CompiledQueries } from './execution/compiled-queries.js';
import { answerKnownQuery } from './execution/known-query.js';
import { diskFull, isDiskFull } from './files/disk-full.js';
import type { EvidenceDoor } from './heads/evidence-door.js';
import { MOST_STATEMENT_BYTES } from './heads/evidence-formats.js';
import { limitsPlugin } from './limits/limits-plugin.js';
import { recordsPlugin } from './access/records-plugin.js';
import { RequestsAtOnce } from './limits/requests-at-once.js';
import { requestsPlugin } from './limits/requests-plugin.js';
import { queryLimits } from './limits/query-limits.js';
import type { QueryLimits } from './limits/query-limits.js';
import type { Logger } from './log.js';
import type { GatewayMetrics } from './metrics/metrics.js';
import { refusalsPlugin } from './metrics/refusals-plugin.js';
import { answerGraphQL } from './plain-post.js';
import type { GraphQLDoor } from './plain-post.js';
import type { GatewayContext, GatewayServices } from './schema/context.js';
import { afterBlock } from './schema/after-block.js';
import { gatewaySchema } from './schema/gateway-schema.js';
import { errorMask } from './schema/graphql-errors.js';

/** Larger bodies are refused unread: 1000 statements of the usual size fit several times. */
const MOST_BYTES = 8 << 20;

/** How long a request may take to come, in milliseconds: a sender who drips holds a connection no longer, and nobody else up. */
const patience = { headersTimeout: 10_000, requestTimeout: 30_000 } as const;

/** What yoga brings of a request that came through a socket. */
interface Line {
  readonly res?: ServerResponse;
}

/** What one request may ask for, and how many of one caller are carried out at once. */
interface DoorLimits {
  readonly limits?: QueryLimits | undefined;
  readonly requestsPerCaller?: number | undefined;
}

/** The GraphQL side, usable without a socket (`yoga.fetch`). Every request needs a token that the verifier accepts. */
export function graphqlDoor(
  services: GatewayServices,
  verify: TokenVerifier,
  metrics: Pick<GatewayMetrics, 'refused'>,
  log: Logger,
  { limits = queryLimits, requestsPerCaller = Infinity }: DoorLimits = {},
): GraphQLDoor {
  const callers: Callers = new WeakMap();
  const mask = errorMask(log);
  const queries = new CompiledQueries();
  const requests = new RequestsAtOnce(requestsPerCaller);
  const contextOf = contextsOf(services);
  const yoga = createYoga<object, GatewayContext>({
    schema: gatewaySchema(),
    graphqlEndpoint: '/graphql',
    landingPage: false,
    // Yoga would open it to the pages of every origin; ours come from the gateway's own, or through somebody's own.
    cors: false,
    graphiql: false,
    logging: false,
    // The server has looked at the length, and Node reads no further than that.
    maxRequestBodySize: false,
    maskedErrors: { maskError: mask },
    plugins: [
      tokenPlugin(verify, callers),
      queries.plugin(),
      recordsPlugin(),
      requestsPlugin(callers, requests),
      limitsPlugin(limits),
      refusalsPlugin(metrics),
    ],
    context: async ({ request, res }: YogaInitialContext & Line): Promise<GatewayContext> => {
      const caller = callers.get(request);
      if (!caller) throw gatewayError('UNAUTHENTICATED', 'this request brings no token', { status: 401 });
      return contextOf(caller, request, res);
    },
  });
  const parts = { queries, requests, mask, milliseconds: limits.milliseconds };
  const known: GraphQLDoor['known'] = (params, caller, request, response) =>
    answerKnownQuery(parts, params, () => contextOf(caller, request, response));
  return { yoga, known, verify, callers, metrics };
}

/** Makes what the resolvers of a request stand on. Throws what the request's own headers are refused for. */
function contextsOf(services: GatewayServices) {
  return async (
    caller: Caller,
    request: Pick<Request, 'signal'> & { readonly headers: Pick<Headers, 'get'> },
    response: ServerResponse | undefined,
  ): Promise<GatewayContext> => {
    const rests = afterBlock(request.headers);
    if (rests !== undefined) await services.blocks.until(rests, request.signal);
    const asOfBlock = await services.status.asOfBlock();
    const reader = services.whole.seenBy(await services.sights.of(caller, asOfBlock));
    return {
      ...services,
      caller,
      reader,
      asOfBlock,
      line: {
        get gone() {
          return request.signal;
        },
        hangUp: () => response?.destroy(),
      },
      records: [],
      ...(rests !== undefined && { afterBlock: rests }),
    };
  };
}

/** What else the server opens to whoever brings the right token. */
export interface Doors {
  readonly backup: (authorization: string | undefined) => Promise<void>;
  readonly evidence: Pick<EvidenceDoor, 'head' | 'statement'>;
}

/** `/graphql`, `/health`, `/metrics`, `/backup`, and what other gateways ask for, on loopback. */
export function gatewayServer(
  graphql: GraphQLDoor,
  services: Pick<GatewayServices, 'status'>,
  metrics: Pick<GatewayMetrics, 'page'>,
  doors: Doors,
): Server {
  return createServer(patience, (request, response) => {
    // Nearly all of them; to take an address apart costs more than one thinks.
    if (request.url === '/graphql' && bodyLength(request) <= MOST_BYTES) {
      void answerGraphQL(graphql, request, response);
      return;
    }
    const { pathname: path, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (path === '/health') void health(services, response);
    else if (path === '/metrics') void metricsPage(metrics, response);
    else if (path === '/backup') void posted(request, response, () => takeBackup(doors, request));
    else if (path === '/tree-head') void answered(response, () => doors.evidence.head(searchParams));
    else if (path === '/shipment-statement')
      void posted(request, response, async () => doors.evidence.statement(await smallBody(request)));
    else if (path !== '/graphql')
      answer(response, 404, { message: 'There is /graphql, /health, and /metrics.' });
    else if (bodyLength(request) > MOST_BYTES) refuseBody(request, response);
    else void answerGraphQL(graphql, request, response);
  });
}

async function health({ status }: Pick<GatewayServices, 'status'>, response: ServerResponse): Promise<void> {
  try {
    const health = await status.health();
    answer(response, health.ready ? 200 : 503, health);
  } catch {
    answer(response, 503, { ready: false, reasons: ['the index cannot be read'], warnings: [] });
  }
}

async function metricsPage(metrics: Pick<GatewayMetrics, 'page'>, response: ServerResponse): Promise<void> {
  try {
    const { contentType, text } = await metrics.page();
    response.writeHead(200, { 'content-type': contentType });
    response.end(text);
  } catch {
    answer(response, 503, { message: 'The index cannot be read.' });
  }
}

async function takeBackup({ backup }: Doors, { headers }: IncomingMessage): Promise<object> {
  await backup(headers.authorization);
  return { copied: true };
}

async function posted(
  request: IncomingMessage,
  response: ServerResponse,
  work: () => Promise<object>,
): Promise<void> {
  if (request.method === 'POST') await answered(response, work);
  else answer(response, 405, { message: 'This is asked for with POST.' });
  request.resume();
}

async function answered(response: ServerResponse, work: () => Promise<object>): Promise<void> {
  try {
    answer(response, 200, await work());
  } catch (error) {
    const refusal = isDiskFull(error) ? diskFull(error) : error;
    const { code, message, facts } =
      refusal instanceof Refusal ? refusal : gatewayError('INTERNAL', 'the request failed');
    answer(response, facts.status ?? (code === 'INTERNAL' ? 500 : 400), { code, message });
  }
}

/** A body that is no longer than a shipment statement. Throws `BAD_ARGUMENT`. */
async function smallBody(request: IncomingMessage): Promise<Uint8Array> {
  if (bodyLength(request) > MOST_STATEMENT_BYTES) {
    const why = 'the body is too long, or does not say its length';
    throw gatewayError('BAD_ARGUMENT', why, { status: 400 });
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** What the request says that it brings; a body of unknown length counts as too long. */
function bodyLength({ headers }: IncomingMessage): number {
  if (headers['transfer-encoding'] !== undefined) return Infinity;
  return Number(headers['content-length'] ?? 0);
}

function refuseBody(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  const message = `a request says its length, and holds at most ${String(MOST_BYTES)} bytes`;
  const next = 'Send fewer statements at once.';
  answer(response, 413, {
    errors: [{ message, extensions: { code: 'BAD_ARGUMENT', next, retryable: false } }],
  });
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(body)}\n`);
}
