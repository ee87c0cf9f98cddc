import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { everyActChain } from '../../testing/every-act.js';
import type { StoryChain } from '../../testing/every-act.js';
import { placeOfIndex } from '../../testing/test-index.js';
import { openIndex } from '../index-database.js';
import { indexDigest } from '../index-digest.js';
import type { IndexDigest } from '../index-digest.js';
import { openIndexer } from '../indexer.js';
import type { IndexedBlocks } from '../indexer.js';
import { LedgerVerifier } from '../ledger-verifier.js';
import { LookAhead } from './look-ahead.js';
import type { BlocksAhead } from './look-ahead.js';

describe('an index whose threads look ahead', function () {
  this.timeout(60_000);
  let folder: string;
  let chain: StoryChain;

  before(() => {
    chain = everyActChain();
  });
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'passage-ahead-'))));
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Blocks all at once, with what was found out about them in other threads, if any. */
  async function indexed(
    name: string,
    blocks: readonly Uint8Array[],
    threads: number,
    together = Infinity,
  ): Promise<IndexedBlocks & { readonly digest: IndexDigest; readonly ahead: readonly BlocksAhead[] }> {
    const place = await placeOfIndex(join(folder, name));
    const index = await openIndex(place);
    const ahead: BlocksAhead[] = [];
    const lookAhead = new LookAhead('passage', index.writer.state, { threads, least: 0, part: 40_000 });
    const verifier = new LedgerVerifier(
      chain.trust,
      'passage',
      index.writer,
      threads > 0 ? { lookAhead } : {},
    );
    const watched = Object.assign(Object.create(verifier) as LedgerVerifier, {
      verify: verifier.verify.bind(verifier),
      close: verifier.close.bind(verifier),
      async *ahead(all: readonly Uint8Array[]) {
        for await (const part of verifier.ahead(all)) {
          ahead.push(part);
          yield part;
        }
      },
    });
    const indexer = openIndexer(index, watched, 'passage');
    const all: IndexedBlocks[] = [];
    for (let from = 0; from < blocks.length; from += together)
      all.push(await indexer.addAll(blocks.slice(from, from + together)));
    await indexer.close();
    return {
      ...all.at(-1),
      indexed: all.flatMap((each) => each.indexed),
      digest: await indexDigest(place),
      ahead,
    };
  }

  it('has the same rows as one that does everything itself, and most signatures were found by them', async () => {
    const { blocks } = chain;
    const alone = await indexed('alone', blocks, 0);
    const helped = await indexed('helped', blocks, 2, 3);
    expect(helped.indexed).to.deep.equal(alone.indexed);
    expect(helped.digest).to.deep.equal(alone.digest);
    expect(alone.ahead.every(({ facts }) => facts === undefined)).to.equal(true);
    const facts = helped.ahead.flatMap((part) => part.facts ?? []);
    // The first one tells whose signatures to look for.
    expect(facts).to.have.length(blocks.length - 1);
    expect(facts.filter(({ signatures }) => (signatures?.[0] ?? 0) > 0).length).to.be.greaterThan(100);
    expect(facts.flatMap(({ signedStatements = [] }) => signedStatements)).not.to.deep.equal([]);
    expect(facts.filter(({ ordererSignatures }) => ordererSignatures.length >= 3)).not.to.deep.equal([]);
  });

  it('refuses an altered block by the check that it fails, and keeps those before it', async () => {
    const at = chain.blocks.length - 5;
    const altered = chain.blocks.map((bytes, number) => {
      if (number !== at) return bytes;
      const other = Buffer.from(bytes);
      other[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
      return other;
    });
    const alone = await indexed('alone', altered, 0);
    const helped = await indexed('helped', altered, 1);
    expect(helped.ahead.length).to.be.greaterThan(4);
    expect(helped.refused).to.deep.include({ block: at, check: alone.refused?.check });
    expect(helped.indexed).to.have.length(at);
    expect(helped.digest).to.deep.equal(alone.digest);
  });

  it('leaves bytes that are no block to the rules', async () => {
    const helped = await indexed('helped', [...chain.blocks, Buffer.from('no block')], 1);
    expect(helped.refused).to.include({ check: 'form' });
    expect(helped.indexed).to.have.length(chain.blocks.length);
  });
});
