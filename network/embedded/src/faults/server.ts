import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import { closeServer, listen } from '../listen.js';
import type { OrganizationName, RunningServices } from '../network.js';
import type { Faults } from './faults.js';
import { readFaultState } from './read-fault-state.js';

const MAX_BODY_BYTES = 1 << 16;

/**
 * Switches faults over HTTP on loopback: GET /faults tells the state, PUT /faults puts another in its place. Whoever can reach
 * it may use it, so it runs only where `--faults` asks for it.
 *
 * @param known the names of the network's organisations
 */
export async function startFaultServer(
  faults: Faults,
  known: readonly OrganizationName[],
  port: number,
): Promise<RunningServices> {
  const server = createServer((request, response) => {
    serve(faults, known, request, response).catch((error: unknown) => {
      send(response, 400, { error: error instanceof Error ? error.message : String(error) });
    });
  });
  await listen(server, port);
  return { close: () => closeServer(server) };
}

async function serve(
  faults: Faults,
  known: readonly OrganizationName[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.url !== '/faults') {
    send(response, 404, { error: 'only /faults is served here' });
    return;
  }
  if (request.method === 'PUT') faults.set(readFaultState(await readBody(request), known));
  else if (request.method !== 'GET') {
    send(response, 405, { error: 'use GET or PUT' });
    return;
  }
  send(response, 200, faults.state);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) throw new TypeError(`the state has more than ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
