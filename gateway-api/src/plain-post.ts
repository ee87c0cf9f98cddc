import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';

import type { ExecutionResult } from 'graphql';
import { processRegularResult } from 'graphql-yoga';
import type { GraphQLParams, YogaServerInstance } from 'graphql-yoga';

import type { Caller } from './auth/caller.js';
import { bearerToken } from './auth/token-plugin.js';
import type { Callers } from './auth/token-plugin.js';
import type { TokenVerifier } from './auth/verify-token.js';
import type { GraphQLAnswer } from './execution/known-query.js';
import type { GatewayMetrics } from './metrics/metrics.js';
import { countRefusals } from './metrics/refusals-plugin.js';
import type { GatewayContext } from './schema/context.js';

/*
 * Most requests are alike: POST, JSON both ways, an accepted token, a query or a mutation. For them the objects of the Fetch standard,
 * which yoga makes of every request, cost more than the answer. Here they go straight to yoga's GraphQL side, so that all that is
 * checked, limited and masked there is the same; queries whose text was taken before go past yoga, too (execution/). Whatever is not
 * ordinary in any respect goes the whole way.
 */

/** The media type of the answer, by what a request accepts; others go the whole way. */
const answers: Readonly<Record<string, string>> = {
  '*/*': 'application/json',
  'application/json': 'application/json',
  'application/graphql-response+json': 'application/graphql-response+json',
};

const JSON_BODY = /^application\/json(?:; *charset=utf-8)?$/i;

/** Longer bodies go the whole way. */
const MOST_BYTES = 16_384;

/** What of a Request GraphQL's side looks at. */
class PlainRequest {
  readonly method = 'POST';
  readonly url = '/graphql';
  readonly headers: { readonly get: (name: string) => string | null };
  readonly #response: ServerResponse;
  #gone: AbortController | undefined;

  constructor({ headers }: IncomingMessage, response: ServerResponse) {
    this.headers = { get: (name) => [headers[name]].flat().join(', ') || null };
    this.#response = response;
  }

  /** That the caller has hung up before the answer left; few ask. */
  get signal(): AbortSignal {
    return (this.#gone ??= goneOf(this.#response)).signal;
  }
}

function goneOf(response: ServerResponse): AbortController {
  const gone = new AbortController();
  if (response.destroyed) gone.abort();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone;
}

type Yoga = YogaServerInstance<object, GatewayContext>;

/** GraphQL's side, and what the short way does of the whole one itself. */
export interface GraphQLDoor {
  readonly yoga: Yoga;
  /** What GraphQL says to a query whose text was taken before; undefined where it goes yoga's way, and nothing was carried out. */
  readonly known: (
    params: GraphQLParams,
    caller: Caller,
    request: Pick<PlainRequest, 'signal' | 'headers'>,
    response: ServerResponse,
  ) => Promise<GraphQLAnswer | undefined>;
  readonly verify: TokenVerifier;
  readonly callers: Callers;
  readonly metrics: Pick<GatewayMetrics, 'refused'>;
}

/** Answers a request to `/graphql`: an ordinary one by the short way, any other by yoga's. */
export async function answerGraphQL(
  door: GraphQLDoor,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const accepted = answers[request.headers.accept ?? '*/*'];
  if (accepted === undefined || !isOrdinary(request)) {
    await door.yoga(request, response);
    return;
  }
  const body = await whole(request).catch(() => undefined);
  // Whoever hangs up in the middle of a request is owed nothing.
  if (!body) return;
  const answer = await answerTo(door, request, response, body);
  if (answer === undefined)
    await door.yoga(Object.assign(request, { body: Readable.from([body]) }), response);
  else await send(door, answer, accepted, response);
}

function isOrdinary({ method, url, headers }: IncomingMessage): boolean {
  const length = Number(headers['content-length'] ?? 0);
  return (
    method === 'POST' &&
    url === '/graphql' &&
    JSON_BODY.test(headers['content-type'] ?? '') &&
    headers['content-encoding'] === undefined &&
    length > 0 &&
    length <= MOST_BYTES
  );
}

/** Listeners: the iterator that a stream offers costs more than all else of an ordinary request's reading. */
function whole(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      resolve(Buffer.concat(chunks));
    });
    request.on('error', reject);
    request.on('close', () => {
      reject(new Error('the request ended early'));
    });
  });
}

/** What GraphQL says to a request; undefined where the request is to go the whole way, and nothing was carried out. */
async function answerTo(
  { yoga, known, verify, callers }: GraphQLDoor,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): Promise<GraphQLAnswer | undefined> {
  const params = paramsOf(body);
  if (!params) return undefined;
  const caller = await callerOf(verify, request);
  if (!caller) return undefined;
  const asked = new PlainRequest(request, response);
  const answered = await known(params, caller, asked, response);
  if (answered) return answered;
  const plain = asked as unknown as Request;
  callers.set(plain, caller);
  // What the parameters themselves are refused for is said the whole way, too; from there on nothing is thrown.
  const context = { request: plain, res: response };
  try {
    const result = await yoga.getResultForParams({ params, request: plain }, context);
    return { result: result as ExecutionResult };
  } catch {
    return undefined;
  }
}

/** Who asks; undefined where the token is refused, which the whole way says why. */
async function callerOf(verify: TokenVerifier, { headers }: IncomingMessage): Promise<Caller | undefined> {
  try {
    return await verify(bearerToken(headers.authorization ?? null));
  } catch {
    return undefined;
  }
}

/** The request's text and variables. A subscription, or what may be one, goes the whole way: it is answered by a stream. */
function paramsOf(body: Buffer): GraphQLParams | undefined {
  let read: unknown;
  try {
    read = JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
  if (!isObject(read)) return undefined;
  const { query, variables, operationName, ...others } = read;
  const isPlain =
    typeof query === 'string' &&
    !query.includes('subscription') &&
    (isNothing(variables) || isObject(variables)) &&
    (isNothing(operationName) || typeof operationName === 'string') &&
    Object.keys(others).length === 0;
  return isPlain ? (read as GraphQLParams) : undefined;
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function send(
  { yoga, metrics }: GraphQLDoor,
  { result, text }: GraphQLAnswer,
  accepted: string,
  response: ServerResponse,
): Promise<void> {
  if (response.destroyed) return;
  if (result.errors === undefined) {
    const bytes = Buffer.from(text ?? JSON.stringify(result), 'utf8');
    response.writeHead(200, { 'content-type': `${accepted}; charset=utf-8`, 'content-length': bytes.length });
    response.end(bytes);
    return;
  }
  countRefusals(metrics, result);
  const refused = processRegularResult(result, yoga.fetchAPI, accepted);
  response.writeHead(refused.status, Object.fromEntries(refused.headers));
  response.end(await refused.text());
}
