import type { ZodType } from 'zod';

import { headAnswer, statementAnswer } from './evidence-formats.js';
import type { GatewayPeer } from './gateway-peer.js';

/** Longer than a gateway waits for a block. */
const PATIENCE_MS = 15_000;

/** Another organisation's gateway over HTTP, at the address that the profile has for it. */
export function httpPeer(organization: string, mspId: string, url: string): GatewayPeer {
  return {
    organization,
    mspId,
    head: ({ height, from }) => {
      const address = new URL('/tree-head', url);
      if (height !== undefined) address.searchParams.set('height', String(height));
      if (from !== undefined) address.searchParams.set('from', String(from));
      return ask(address, headAnswer);
    },
    countersign: (statement) =>
      ask(new URL('/shipment-statement', url), statementAnswer, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(statement),
      }),
  };
}

async function ask<T>(address: URL, shape: ZodType<T>, request: RequestInit = {}): Promise<T> {
  const response = await fetch(address, { ...request, signal: AbortSignal.timeout(PATIENCE_MS) });
  if (response.ok) return shape.parse(await response.json());
  const text = (await response.text()).slice(0, 300);
  throw new Error(`${address.origin} answers ${String(response.status)}: ${text}`);
}
