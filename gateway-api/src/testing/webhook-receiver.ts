import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A receiver of webhooks that refuses now and then, and remembers which statements it was told of, and under which id. */
export class WebhookReceiver {
  /** Ids of the statements that were taken. */
  readonly told = new Set<string>();
  /** Ids of deliveries that came twice with different bodies. */
  readonly differing: string[] = [];
  readonly #bodies = new Map<string, string>();
  #count = 0;
  readonly #server = createServer((request, response) => {
    void text(request).then((body) => {
      const isTaken = this.#count++ % 29 !== 3;
      this.#note(String(request.headers['webhook-id']), body, isTaken);
      response.writeHead(isTaken ? 204 : 503).end();
    });
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

  #note(id: string, body: string, isTaken: boolean): void {
    const { data } = JSON.parse(body) as {
      readonly data: { readonly statementId?: string; readonly verification?: object };
    };
    // Up to which block it was verified may be said anew.
    const item = JSON.stringify({ ...data, verification: undefined });
    if ((this.#bodies.get(id) ?? item) !== item) this.differing.push(id);
    this.#bodies.set(id, item);
    if (isTaken && data.statementId !== undefined) this.told.add(data.statementId);
  }
}
