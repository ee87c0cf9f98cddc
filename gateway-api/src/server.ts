import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

import { createYoga } from 'graphql-yoga';
import type { YogaServerInstance } from 'graphql-yoga';

import type { TokenVerifier } from './auth/verify-token.js';
import { Refusal, gatewayError } from './errors.js';
import type { Logger } from './log.js';
import type { GatewayContext, GatewayServices } from './schema/context.js';
import { gatewaySchema } from './schema/gateway-schema.js';
import { errorMask, toGraphQLError } from './schema/graphql-errors.js';

/** Larger bodies are refused unread: 1000 statements of the usual size fit several times. */
const MOST_BYTES = 8 << 20;

type Yoga = YogaServerInstance<object, GatewayContext>;

/** The GraphQL side, usable without a socket (`yoga.fetch`). Every request needs a token that the verifier accepts. */
export function gatewayYoga(services: GatewayServices, verify: TokenVerifier, log: Logger): Yoga {
  return createYoga<object, GatewayContext>({
    schema: gatewaySchema(),
    graphqlEndpoint: '/graphql',
    landingPage: false,
    graphiql: false,
    batching: false,
    logging: false,
    maskedErrors: { maskError: errorMask(log) },
    context: async ({ request }): Promise<GatewayContext> => {
      try {
        const caller = await verify(bearerToken(request.headers.get('authorization')));
        return { ...services, caller, asOfBlock: await services.status.asOfBlock() };
      } catch (error) {
        throw error instanceof Refusal ? toGraphQLError(error) : error;
      }
    },
  });
}

/** The token of an Authorization header (RFC 6750, 2.1). Throws `UNAUTHENTICATED`. */
function bearerToken(header: string | null): string {
  const token = /^Bearer +([A-Za-z0-9._~+/=-]+)$/i.exec(header ?? '')?.[1];
  if (token !== undefined) return token;
  throw gatewayError('UNAUTHENTICATED', 'this request brings no token', {
    next: 'Send "Authorization: Bearer …"; locally, passage token --party … --role … prints one.',
    status: 401,
  });
}

/** `/graphql` and `/health` on loopback. */
export function gatewayServer(yoga: Yoga, services: Pick<GatewayServices, 'status'>): Server {
  return createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path === '/health') void health(services, response);
    else if (path !== '/graphql') answer(response, 404, { message: 'There is /graphql, and /health.' });
    else if (bodyLength(request) > MOST_BYTES) refuseBody(request, response);
    else void yoga(request, response);
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
