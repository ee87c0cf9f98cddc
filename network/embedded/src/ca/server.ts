import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { NetworkError } from '../errors.js';
import { closeServer, listen } from '../listen.js';
import type { RunningServices, TlsMaterial } from '../network.js';
import { CaCode, CaError } from './ca-error.js';
import type { AuthorizedRequest } from './caller.js';
import type { CertificateAuthority } from './certificate-authority.js';

/** Larger bodies than any certificate request or registration are refused unread. */
const MAX_BODY_BYTES = 1 << 20;

const PREFIX = '/api/v1/';
const ONE_IDENTITY = /^identities\/[^/]+$/;

interface Route {
  /** Behind the prefix. */
  readonly path: RegExp;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly status: number;
  answer(ca: CertificateAuthority, request: AuthorizedRequest): unknown;
}

/** The part of fabric-ca's REST interface that is about getting and losing certificates (CA:swagger/swagger-fabric-ca.json). */
const ROUTES: readonly Route[] = [
  { method: 'GET', path: /^cainfo$/, status: 200, answer: (ca) => ca.info() },
  { method: 'POST', path: /^register$/, status: 201, answer: (ca, request) => ca.register(request) },
  { method: 'POST', path: /^enroll$/, status: 201, answer: (ca, request) => ca.enroll(request) },
  { method: 'POST', path: /^reenroll$/, status: 201, answer: (ca, request) => ca.reenroll(request) },
  { method: 'POST', path: /^revoke$/, status: 200, answer: (ca, request) => ca.revoke(request) },
  { method: 'POST', path: /^gencrl$/, status: 200, answer: (ca, request) => ca.generateCrl(request) },
  { method: 'GET', path: /^identities$/, status: 200, answer: (ca, request) => ca.desk.identities(request) },
  { method: 'GET', path: ONE_IDENTITY, status: 200, answer: (ca, request) => ca.desk.identity(request) },
  { method: 'PUT', path: ONE_IDENTITY, status: 200, answer: (ca, request) => ca.desk.modify(request) },
  {
    method: 'GET',
    path: /^certificates$/,
    status: 200,
    answer: (ca, request) => ca.desk.certificates(request),
  },
];

/** Serves one organisation's CA over TLS on loopback. */
export async function startCaServer(
  ca: CertificateAuthority,
  tls: TlsMaterial,
  port: number,
): Promise<RunningServices> {
  const server: Server = createServer({ cert: tls.certificatePem, key: tls.keyPem }, (request, response) => {
    void serve(ca, request, response);
  });
  await listen(server, port);
  return { close: () => closeServer(server) };
}

async function serve(
  ca: CertificateAuthority,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { status, result } = await answer(ca, request);
    send(response, status, { success: true, result, errors: [], messages: [] });
  } catch (error) {
    const { status, code, message } = refusalOf(error);
    send(response, status, { success: false, result: null, errors: [{ code, message }], messages: [] });
  }
}

function refusalOf(error: unknown): CaError {
  if (error instanceof CaError) return error;
  if (error instanceof NetworkError)
    return new CaError(503, CaCode.UNKNOWN, `${error.code}: ${error.message}`);
  // What was not foreseen is for whoever runs the network, not for who asks.
  console.error(error);
  return new CaError(500, CaCode.UNKNOWN, 'Internal error of the CA');
}

async function answer(
  ca: CertificateAuthority,
  request: IncomingMessage,
): Promise<{ status: number; result: unknown }> {
  const uri = request.url ?? '';
  const path = uri.split('?')[0] ?? '';
  const routes = ROUTES.filter((one) => path.startsWith(PREFIX) && one.path.test(path.slice(PREFIX.length)));
  if (routes.length === 0) throw new CaError(404, CaCode.UNKNOWN, 'This CA does not serve that path');
  const method = request.method ?? '';
  const route = routes.find((one) => one.method === method);
  if (route === undefined) {
    const methods = routes.map((one) => one.method).join(' or ');
    throw new CaError(405, CaCode.METHOD_NOT_ALLOWED, `Use ${methods}`);
  }
  const body = await readBody(request);
  const authorization = request.headers.authorization;
  return { status: route.status, result: await route.answer(ca, { method, uri, authorization, body }) };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES)
      throw new CaError(413, CaCode.READING_BODY, `Body above ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
