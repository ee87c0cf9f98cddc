import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { readFrame } from '@passage/ledger';
import { needSharedData } from '@passage/testing';
import { expect } from 'chai';

import { Rechecks } from '../recheck/recheck.js';
import { ledgerReread } from '../recheck/reread-block.js';
import { signedHeaderOf } from '../sources/signed-header.js';
import type { Trust } from '../trust.js';
import { openIndex } from './index-database.js';
import type { OpenIndex } from './open-index.js';
import { openIndexer } from './indexer.js';
import type { Indexer } from './indexer.js';
import { LedgerVerifier, mspsByHead } from './ledger-verifier.js';
import { BlockRefused } from './verified-block.js';
import { placeOfIndex } from '../testing/test-index.js';

interface Expected {
  readonly blocks: readonly {
    readonly number: number;
    readonly headerHash: string;
    readonly flags: readonly number[];
  }[];
  readonly worldState: Readonly<
    Record<string, readonly { key: string; valueSha256: string; version: readonly [number, number] }[]>
  >;
}

describe('an index of a chain recorded from Fabric', function () {
  this.timeout(60_000);
  let folder: string;
  let blocks: readonly Uint8Array[];
  let expected: Expected;
  let trust: Trust;

  before(function () {
    const data = needSharedData(this, 'fabric-chain');
    blocks = frames(gunzipSync(readFileSync(join(data, 'blocks.bin.gz'))));
    expected = JSON.parse(readFileSync(join(data, 'expected.json'), 'utf8')) as Expected;
    const genesisHash = expected.blocks[0]?.headerHash ?? '';
    trust = { format: 'passage-trust-1', network: 'fabric', channel: 'grove', genesisHash };
  });
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'passage-index-'))));
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const open = async (): Promise<{ index: OpenIndex; indexer: Indexer }> => {
    const index = await openIndex(await placeOfIndex(folder));
    return {
      index,
      indexer: openIndexer(index, new LedgerVerifier(trust, 'basket', index.writer), 'basket'),
    };
  };

  it('derives every flag and the whole world state, across a restart in the middle', async () => {
    let { index, indexer } = await open();
    for (const [number, bytes] of blocks.entries()) {
      if (number === 90) {
        await indexer.close();
        ({ index, indexer } = await open());
      }
      const block = await indexer.add(bytes);
      expect(block.headerHash).to.equal(expected.blocks[number]?.headerHash);
      expect(block.transactions.map((t) => t.code)).to.deep.equal(expected.blocks[number]?.flags);
    }
    for (const [namespace, entries] of Object.entries(expected.worldState)) {
      const rows = await index.rows
        .selectFrom('state')
        .select(['key', 'value', 'block', 'tx'])
        .where('namespace', '=', namespace)
        .orderBy('key')
        .execute();
      const found = rows.map(({ key, value, block, tx }) => ({
        key: Buffer.from(key).toString('utf8'),
        valueSha256: createHash('sha256').update(value).digest('hex'),
        version: [block, tx],
      }));
      const wanted = entries.map(({ key, valueSha256, version }) => ({ key, valueSha256, version }));
      expect(found, namespace).to.have.deep.members(wanted);
    }
    await indexer.close();
  });

  it('gives the same rows when its blocks are read again, and tells of a block with one byte changed', async () => {
    const { index, indexer } = await open();
    for (const bytes of blocks) await indexer.add(bytes);
    let served = [...blocks];
    const raised: string[] = [];
    const rechecks = new Rechecks({
      rows: index.rows,
      organization: 'customs',
      source: { block: (number) => Promise.resolve(served[number] ?? Buffer.of()) },
      others: [
        {
          organization: 'port',
          header: (number = 0) => Promise.resolve(signedHeaderOf(blocks[number] ?? Buffer.of())),
        },
      ],
      rules: ledgerReread('basket', mspsByHead()),
      alerts: {
        raise: ({ kind }) => {
          raised.push(kind);
          return Promise.resolve();
        },
      },
    });
    for (const { block, position } of await index.rows.selectFrom('transaction').selectAll().execute()) {
      const found = await rechecks.of({ block, position });
      expect(found.differences, `block ${String(block)}`).to.deep.equal([]);
      expect(found.sources).to.deep.equal(['customs', 'port']);
    }
    served = served.map((bytes) => {
      const altered = Buffer.from(bytes);
      altered[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
      return altered;
    });
    for (let block = 1; block < 40; block++) {
      expect(await rechecks.of({ block, position: 0 })).to.have.property('blockDiffers');
    }
    expect(new Set(raised)).to.deep.equal(new Set(['block_altered']));
    await indexer.close();
  });

  it('refuses an altered block by the check it fails, changes nothing, and takes the right one after it', async () => {
    const { index, indexer } = await open();
    for (const bytes of blocks.slice(0, 20)) await indexer.add(bytes);
    const right = blocks[20] ?? Buffer.of();
    const altered = Buffer.from(right);
    const at = altered.length >> 1;
    altered[at] = (altered[at] ?? 0) ^ 1;
    const rows = () => index.rows.selectFrom('transaction').selectAll().execute();
    const before = await rows();
    const refused: unknown = await indexer.add(altered).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(BlockRefused).with.property('block', 20);
    expect(refused).to.have.property('check', 'data-hash');
    expect(await rows()).to.deep.equal(before);
    const skipped: unknown = await indexer.add(blocks[21] ?? Buffer.of()).catch((error: unknown) => error);
    expect(skipped).to.be.instanceOf(BlockRefused).with.property('check', 'chain-link');
    expect(await indexer.add(right)).to.include({ number: 20 });
    await indexer.close();
  });

  it('starts at no other block than the trusted one', async () => {
    trust = { ...trust, genesisHash: '0'.repeat(64) };
    const { indexer } = await open();
    const refused: unknown = await indexer.add(blocks[0] ?? Buffer.of()).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(BlockRefused).with.property('check', 'genesis-hash');
    const garbage: unknown = await indexer.add(Buffer.from('no block')).catch((error: unknown) => error);
    expect(garbage).to.be.instanceOf(BlockRefused).with.property('check', 'form');
    await indexer.close();
  });
});

function frames(bytes: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let offset = 0; offset < bytes.length;) {
    const frame = readFrame(bytes, offset);
    if (!frame) throw new Error('the recorded chain is cut');
    found.push(frame.content);
    offset = frame.next;
  }
  return found;
}
