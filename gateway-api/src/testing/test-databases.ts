import { createHash } from 'node:crypto';

import pg from 'pg';

import { openIndex } from '../index/index-database.js';

const TEMPLATE = 'passage_test_template';

/** Databases of PostgreSQL for tests: one for each folder, copied from one that has the index's tables and no rows. */
export class TestDatabases {
  readonly #server: string;
  readonly #made = new Map<string, Promise<string>>();

  constructor(server: string) {
    this.#server = server;
  }

  /** The URL of a folder's database, which is made when it is first asked for. */
  of(folder: string): Promise<string> {
    const known = this.#made.get(folder);
    if (known) return known;
    const made = this.#make(nameOf(folder));
    this.#made.set(folder, made);
    return made;
  }

  async remove(folder: string): Promise<void> {
    if (this.#made.delete(folder))
      await this.#onServer((client) => client.query(`DROP DATABASE ${nameOf(folder)} WITH (FORCE)`));
  }

  async removeAll(): Promise<void> {
    for (const folder of [...this.#made.keys()]) await this.remove(folder);
  }

  async #make(name: string): Promise<string> {
    await this.#onServer(async (client) => {
      await this.#makeTemplate(client);
      await client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
    });
    return this.#urlOf(name);
  }

  /** Made once by whichever of the tests' processes comes first. */
  async #makeTemplate(client: pg.Client): Promise<void> {
    await client.query(`SELECT pg_advisory_lock(hashtext('${TEMPLATE}'))`);
    const { rows } = await client.query(`SELECT 1 FROM pg_database WHERE datname = '${TEMPLATE}'`);
    if (rows.length === 0) {
      await client.query(`CREATE DATABASE ${TEMPLATE} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'`);
      await (await openIndex(this.#urlOf(TEMPLATE))).close();
    }
    await client.query('SELECT pg_advisory_unlock_all()');
  }

  async #onServer(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
    const client = new pg.Client({ connectionString: this.#server });
    await client.connect();
    try {
      await work(client);
    } finally {
      await client.end();
    }
  }

  #urlOf(name: string): string {
    const url = new URL(this.#server);
    url.pathname = `/${name}`;
    return url.href;
  }
}

function nameOf(folder: string): string {
  return `passage_test_${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
}
