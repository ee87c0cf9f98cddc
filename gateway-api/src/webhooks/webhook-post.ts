import { request as plain } from 'node:http';
import { request as secure } from 'node:https';

import { messageOf } from '../errors.js';
import type { AddressGuard } from './address-guard.js';

/** What became of one attempt: the status, or why there is none. */
export type Attempt = { readonly status: number } | { readonly failure: string };

/**
 * Sends one delivery, on a connection of its own. No redirect is followed, of the answer nothing but the status is read, and the
 * whole has to be done in so many milliseconds.
 */
export function post(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  {
    guard,
    milliseconds,
    signal,
  }: { readonly guard: AddressGuard; readonly milliseconds: number; readonly signal: AbortSignal },
): Promise<Attempt> {
  return new Promise((done) => {
    const send = url.protocol === 'https:' ? secure : plain;
    const request = send(
      url,
      {
        method: 'POST',
        agent: false,
        lookup: guard.lookup,
        signal: AbortSignal.any([signal, AbortSignal.timeout(milliseconds)]),
        headers: {
          ...headers,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'passage-webhooks',
        },
      },
      (response) => {
        done({ status: response.statusCode ?? 0 });
        response.destroy();
      },
    );
    request.on('error', (error) => {
      done({ failure: error.name === 'TimeoutError' ? 'no answer in time' : messageOf(error) });
    });
    request.end(body);
  });
}
