import { mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { Refusal } from '../errors.js';
import { FakeVerifier } from '../testing/fake-verifier.js';
import { prepared, record } from '../testing/story.js';
import { TestGateway, UCR } from '../testing/test-gateway.js';
import { generatedChain, trustIn } from '../testing/generated-chain.js';
import { indexDigest } from './index-digest.js';
import { openIndex } from './index-database.js';
import type { IndexWriter } from './index-writer.js';
import { openIndexer } from './indexer.js';
import { LedgerVerifier } from './ledger-verifier.js';
import { BlockRefused } from './verified-block.js';
import { verifyIndex } from './verify-index.js';
import type { VerifiedIndex } from './verify-index.js';
import { editIndex, placeOfIndex } from '../testing/test-index.js';

describe('verifyIndex', function () {
  this.timeout(60_000);
  let gateway: TestGateway;
  const beside = (): string => join(gateway.folder, 'rebuilt.sqlite');
  const digest = async () => indexDigest(await placeOfIndex(gateway.folder));
  const verify = async (): Promise<VerifiedIndex> =>
    verifyIndex({
      place: await placeOfIndex(gateway.folder),
      beside: beside(),
      source: gateway.ledger,
      verifier: () => new FakeVerifier(),
      chaincode: 'passage',
    });
  const edit = (...statements: readonly string[]): Promise<void> => editIndex(gateway.folder, ...statements);

  before(async () => {
    gateway = await (await TestGateway.open()).start();
    const device = await prepared(gateway);
    await record(gateway, [device.statement(UCR), device.statement(UCR)]);
  });
  after(() => gateway.remove());

  it('finds a whole index equal while its gateway runs, and leaves nothing behind', async () => {
    const before = await digest();
    const { differences, rows, tables, head } = await verify();
    expect(differences).to.deep.equal([]);
    expect(tables).to.equal(Object.keys(before.tables).length);
    expect(rows).to.be.greaterThan(20);
    expect(head.number).to.equal(gateway.ledger.chain.length - 1);
    expect(() => statSync(beside())).to.throw();
    expect(await digest()).to.deep.equal(before);
  });

  it('names table, key, block and columns of a row that was edited', async () => {
    await edit(`UPDATE shipment SET origin = 'VN'`);
    const { differences } = await verify();
    expect(differences).to.have.length(1);
    expect(differences[0]).to.deep.include({
      table: 'shipment',
      kind: 'altered',
      key: { ucr: UCR },
      columns: ['origin'],
    });
    expect(differences[0]?.block).to.be.a('number');
    await edit(`UPDATE shipment SET origin = 'CN'`);
  });

  it('names a row that was deleted, and one that was put in', async () => {
    await edit('CREATE TABLE kept AS SELECT * FROM event LIMIT 1');
    await edit(
      'DELETE FROM event WHERE EXISTS (SELECT 1 FROM kept WHERE kept.block = event.block AND kept.item = event.item)',
    );
    const [missing] = (await verify()).differences;
    expect(missing).to.include({ table: 'event', kind: 'missing' });
    await edit('INSERT INTO event SELECT * FROM kept', 'DROP TABLE kept');
    await edit(
      `INSERT INTO sight (viewer, subject, block, position, transaction_id) VALUES ('zz', 'zz', 1, 0, 'x')`,
    );
    const [extra] = (await verify()).differences;
    expect(extra).to.deep.include({
      table: 'sight',
      kind: 'extra',
      key: { viewer: 'zz', subject: 'zz' },
      block: 1,
    });
    await edit(`DELETE FROM sight WHERE viewer = 'zz'`);
    expect((await verify()).differences).to.deep.equal([]);
  });

  it('names a world-state key whose value was edited', async () => {
    await edit(`UPDATE state SET value = CAST('{}' AS BLOB) WHERE key = CAST('shipment/${UCR}' AS BLOB)`);
    const [altered] = (await verify()).differences;
    expect(altered).to.deep.include({ table: 'state', kind: 'altered', columns: ['value'] });
    expect(altered?.key).to.deep.equal({ namespace: 'passage', key: `shipment/${UCR}` });
  });
});

describe('verifyIndex over blocks of Fabric', function () {
  this.timeout(60_000);
  let folder: string;
  const blocks: Uint8Array[] = [];
  let genesisHash: string;
  const path = (): string => join(folder, 'index.sqlite');

  before(() => {
    const chain = generatedChain(20, { perBlock: 5 });
    genesisHash = chain.genesisHash;
    blocks.push(...[...chain.blocks()].map(({ bytes }) => bytes));
  });
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'passage-verify-'));
    const index = await openIndex(path());
    const indexer = openIndexer(index, verifier(index.writer), 'goods');
    for (const bytes of blocks) await indexer.add(bytes);
    await indexer.close();
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const verifier = (index: IndexWriter): LedgerVerifier => {
    return new LedgerVerifier(trustIn({ genesisHash }), 'goods', index);
  };
  const verify = (served: readonly Uint8Array[]): Promise<unknown> =>
    verifyIndex({
      place: path(),
      beside: join(folder, 'rebuilt.sqlite'),
      source: { blocks: () => listed(served) },
      verifier,
      chaincode: 'goods',
    }).catch((error: unknown) => error);

  it('checks every block again, and names one that fails', async () => {
    expect(await verify(blocks)).to.deep.include({ differences: [] });
    const altered = Buffer.from(blocks[3] ?? []);
    const at = altered.length >> 1;
    altered[at] = (altered[at] ?? 0) ^ 1;
    expect(await verify([...blocks.slice(0, 3), altered]))
      .to.be.instanceOf(BlockRefused)
      .with.property('block', 3);
  });

  it('says that a file is damaged which was cut, and that the peer has fewer blocks than the index', async () => {
    expect(await verify(blocks.slice(0, 4)))
      .to.be.instanceOf(Refusal)
      .with.property('code', 'LEDGER_UNAVAILABLE');
    truncateSync(path(), statSync(path()).size >> 1);
    expect(await verify(blocks))
      .to.be.instanceOf(Refusal)
      .with.property('code', 'STORAGE_DAMAGED');
  });
});

async function* listed(blocks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield* blocks;
}
