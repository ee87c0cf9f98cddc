import { Agent, request, type IncomingMessage } from 'node:http';

const FOLLOW = 'subscription ($after: String) { feed(after: $after) { cursor } }';

/** Many who follow one gateway at once, each over a connection of its own. */
export class FollowerCrowd {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  readonly #lines: IncomingMessage[] = [];
  #told = 0;

  /** Items that all of them together were told. */
  get told(): number {
    return this.#told;
  }

  /** Opens so many streams behind a cursor, a few at a time, and waits for the first item of each. */
  async open(url: string, token: string, count: number, after: string): Promise<void> {
    for (let opened = 0; opened < count; opened += 50)
      await Promise.all(
        Array.from({ length: Math.min(50, count - opened) }, () => this.#follow(url, token, after)),
      );
  }

  close(): void {
    for (const line of this.#lines) line.destroy();
    this.#agent.destroy();
  }

  #follow(url: string, token: string, after: string): Promise<void> {
    const body = JSON.stringify({ query: FOLLOW, variables: { after } });
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      accept: 'text/event-stream',
      authorization: `Bearer ${token}`,
    };
    return new Promise((resolve, reject) => {
      const sent = request(url, { method: 'POST', agent: this.#agent, headers }, (line) => {
        this.#lines.push(line);
        line.setEncoding('utf8').on('data', (text: string) => {
          if (text.includes('"errors"')) reject(new Error(text.slice(0, 300)));
          this.#told += text.split('event: next').length - 1;
          resolve();
        });
        // Whoever hangs up at the end is no failure.
        line.on('error', reject);
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
}
