import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A receiver of webhooks that refuses every other delivery. */
export class WebhookReceiver {
  #count = 0;
  readonly #server = createServer((request, response) => {
    request.resume();
    response.writeHead(this.#count++ % 2 === 0 ? 503 : 204).end();
  });

  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}/hook`;
  }

  async listen(): Promise<this> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    return this;
  }

  close(): Promise<unknown> {
    this.#server.closeAllConnections();
    return new Promise((done) => this.#server.close(done));
  }
}
