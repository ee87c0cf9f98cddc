import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** One request that a receiver got. */
export interface Received {
  readonly id: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A receiver of webhooks on loopback, which answers as it is told. */
export class WebhookReceiver {
  readonly deliveries: Received[] = [];
  /** The status of the next answer. */
  answer: (delivery: Received) => number | Promise<number> = () => 204;
  readonly #server = createServer((request, response) => {
    void this.#take(request).then((status) => {
      response.writeHead(status, status === 302 ? { location: this.url } : {}).end();
    });
  });

  /** On any free port, unless one is named. */
  async listen(port = 0): Promise<this> {
    await new Promise<void>((done) => this.#server.listen(port, '127.0.0.1', done));
    return this;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${String(port)}/hook`;
  }

  /** Waits until so many deliveries have come. */
  async until(count: number): Promise<readonly Received[]> {
    while (this.deliveries.length < count) await sleep(5);
    return this.deliveries;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  async #take(request: IncomingMessage): Promise<number> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const delivery = { id: String(request.headers['webhook-id']), headers: request.headers, body };
    this.deliveries.push(delivery);
    return this.answer(delivery);
  }
}

/** What a receiver does before it believes a delivery: Standard Webhooks, "Verifying signatures". */
export function isGenuine({ headers, body }: Received, secret: string): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const expected = createHmac('sha256', key)
    .update(`${String(id)}.${String(timestamp)}.${body}`)
    .digest('base64');
  const isFresh = Math.abs(Date.now() / 1000 - Number(timestamp)) < 300;
  return isFresh && String(signatures).split(' ').includes(`v1,${expected}`);
}

/** Answers nothing until it is let go: what a receiver has that is slow, or gone. */
export function silence(): Promise<number> {
  return new Promise(() => undefined);
}
