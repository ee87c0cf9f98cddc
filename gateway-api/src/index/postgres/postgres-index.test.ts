import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';
import { sql } from 'kysely';

import { Refusal } from '../../errors.js';
import { generatedChain, trustIn } from '../../testing/generated-chain.js';
import { isOverPostgres, placeOfIndex } from '../../testing/test-index.js';
import { exportDigest } from '../export-digest.js';
import { openIndex, openOrRebuildIndex } from '../index-database.js';
import { indexDigest } from '../index-digest.js';
import { openIndexer } from '../indexer.js';
import type { Indexer } from '../indexer.js';
import { LedgerVerifier } from '../ledger-verifier.js';
import type { OpenIndex } from '../open-index.js';
import { emptyRows } from '../rows.js';

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof Refusal ? error.code : error),
  );

/** What only this database can do wrong; all else is the suite of the index, which runs over both. */
(isOverPostgres ? describe : describe.skip)('an index in PostgreSQL', function () {
  this.timeout(60_000);
  const chain = generatedChain(20, { perBlock: 5 });
  const blocks = [...chain.blocks()].map(({ bytes }) => bytes);
  let folder: string;
  let place: string;

  const indexerOf = (index: OpenIndex): Indexer => {
    return openIndexer(index, new LedgerVerifier(trustIn(chain), 'goods', index.writer), 'goods');
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'passage-postgres-index-'));
    place = await placeOfIndex(folder);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('has the digests that the same chain gives in SQLite, added one by one or at once', async () => {
    const file = join(folder, 'index.sqlite');
    const [inFile, inServer] = [indexerOf(await openIndex(file)), indexerOf(await openIndex(place))];
    for (const bytes of blocks) await inFile.add(bytes);
    await inServer.addAll(blocks.slice(0, 2));
    await inServer.addAll(blocks.slice(2));
    await inFile.close();
    await inServer.close();
    expect(await indexDigest(place)).to.deep.equal(await indexDigest(file));
    expect(await exportDigest(place)).to.deep.equal(await exportDigest(file));
  });

  it('is written by one gateway: a second is told at once, until the first is gone', async () => {
    const first = await openOrRebuildIndex(place);
    const indexer = indexerOf(first);
    await indexer.add(blocks[0] ?? Buffer.of());
    expect(await codeOf(openOrRebuildIndex(place))).to.equal('INDEX_IN_USE');
    const reader = await openIndex(place);
    expect(() => reader.writer.head()).to.throw('another gateway writes this index');
    await reader.close();
    await indexer.close();
    await (await openOrRebuildIndex(place)).close();
  });

  it('goes on behind a lost connection, with nothing of a block half written', async () => {
    const index = await openIndex(place);
    const indexer = indexerOf(index);
    await indexer.add(blocks[0] ?? Buffer.of());
    await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`.execute(index.rows);
    const results: unknown[] = [];
    for (let tries = 0; tries < 20 && results.at(-1) !== 'indexed'; tries++)
      results.push(
        await indexer.add(blocks[1] ?? Buffer.of()).then(
          () => 'indexed',
          (error: unknown) => error,
        ),
      );
    expect(results.at(-1)).to.equal('indexed');
    expect(await indexer.head()).to.include({ number: 1 });
    expect(() => {
      index.writer.atomically(() => {
        const rows = emptyRows();
        rows.sight.push({ viewer: 'v', subject: 's', block: 1, position: 0, transaction_id: 't' });
        index.writer.write(rows);
        index.writer.head();
        throw new Error('stop');
      });
    }).to.throw('stop');
    expect(await index.rows.selectFrom('sight').selectAll().execute()).to.deep.equal([]);
    await indexer.close();
  });

  it('keeps texts as hostile writes bring them, and finds them', async () => {
    const index = await openIndex(place);
    const rows = emptyRows();
    const hostile = ['nul \0', 'private \uF8FF0', `long ${'\u{1f600}'.repeat(5_000)}`];
    for (const [position, transaction_id] of hostile.entries()) {
      const nothing = { timestamp: null, msp_id: null, party: null, role: null, key_held_by: null };
      const more = { command: null, on_behalf_of: null };
      rows.transaction.push({ transaction_id, block: 1, position, code: 8, ...nothing, ...more });
    }
    index.writer.write(rows);
    const found = await index.rows
      .selectFrom('transaction')
      .select('transaction_id')
      .orderBy('position')
      .execute();
    expect(found.map(({ transaction_id }) => transaction_id)).to.deep.equal(hostile);
    for (const id of hostile) expect(index.writer.isKnownTransaction(id)).to.equal(true);
    const [nul = ''] = hostile;
    const asked = index.rows.selectFrom('transaction').selectAll().where('transaction_id', '=', nul);
    expect(await asked.execute()).to.have.length(1);
    await index.close();
  });

  it('says that a database cannot be reached, without its password', async () => {
    const gone = 'postgres://passage:secret@127.0.0.1:1/nowhere';
    const refused: unknown = await openIndex(gone).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(Refusal).with.property('code', 'INDEX_UNAVAILABLE');
    expect(String(refused)).not.to.include('secret');
  });
});
