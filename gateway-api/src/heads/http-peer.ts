import { MOST_ANSWER_BYTES, readHeadAnswer, readStatementAnswer } from './evidence-formats.js';
import type { GatewayPeer } from './gateway-peer.js';

/** Longer than a gateway waits for a block. */
const PATIENCE_MS = 15_000;

/** Another organisation's gateway over HTTP, at the address that the profile has for it. */
export function httpPeer(organization: string, mspId: string, url: string): GatewayPeer {
  return {
    organization,
    mspId,
    head: async ({ height, from }) => {
      const address = new URL('/tree-head', url);
      if (height !== undefined) address.searchParams.set('height', String(height));
      if (from !== undefined) address.searchParams.set('from', String(from));
      return readHeadAnswer(await ask(address));
    },
    countersign: async (statement) => {
      const request = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(statement),
      };
      return readStatementAnswer(await ask(new URL('/shipment-statement', url), request));
    },
  };
}

/** The bytes of an answer. The other side is another organisation's: it sends us nowhere else, and no more than we take. */
async function ask(address: URL, request: RequestInit = {}): Promise<Uint8Array> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const response = await fetch(address, { ...request, redirect: 'error', signal });
  const bytes = await bodyOf(response, address);
  if (response.ok) return bytes;
  const text = Buffer.from(bytes.subarray(0, 300)).toString('utf8');
  throw new Error(`${address.origin} answers ${String(response.status)}: ${text}`);
}

async function bodyOf({ body }: Response, address: URL): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > MOST_ANSWER_BYTES)
      throw new Error(`${address.origin} answers with more than ${String(MOST_ANSWER_BYTES)} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
