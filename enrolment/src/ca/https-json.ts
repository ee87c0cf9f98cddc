import { readFileSync } from 'node:fs';
import { request } from 'node:https';

/** An HTTPS request whose answer is a text. */
export interface HttpsRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: URL;
  /** PEM file of the only root that the server's certificate may chain to. */
  readonly rootFile: string;
  readonly authorization: string;
  /** JSON text; empty with GET. */
  readonly body: string;
}

const DEADLINE_MS = 30_000;

/** Sends it and returns the body of the answer, whatever its status. Throws what Node says. */
export function send({ method, url, rootFile, authorization, body }: HttpsRequest): Promise<string> {
  return new Promise((done, failed) => {
    const length = Buffer.byteLength(body);
    const headers = { 'content-type': 'application/json', 'content-length': length, authorization };
    const options = { method, ca: readFileSync(rootFile), headers, timeout: DEADLINE_MS };
    const sent = request(url, options, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        done(Buffer.concat(parts).toString('utf8'));
      });
      response.on('error', failed);
    });
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${String(DEADLINE_MS)} ms`)));
    sent.on('error', failed);
    sent.end(body);
  });
}
