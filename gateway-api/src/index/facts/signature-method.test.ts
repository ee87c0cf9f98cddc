import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { filesOfThreads } from '@passage/testing';
import { expect } from 'chai';

/** In which files threads look for good signatures, and check them together; loading either takes no time. */
const SEARCH = /\/ledger\/dist\/validation\/good-signatures\.js$/;
const TOGETHER = /\/batch-ecdsa\/dist\/ecdsa\/chunk-checker\.js$/;

const module = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href);

describe('PASSAGE_SIGNATURES', function () {
  this.timeout(120_000);
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'passage-signatures-'))));
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Has an index filled as a gateway does that catches up, with as many signatures as it takes to check some together. */
  const program = (method: string): string => `
    import { environment } from ${module('../../config.js')};
    import { generatedChain, trustIn } from ${module('../../testing/generated-chain.js')};
    import { startIndexerThread } from ${module('../indexer-thread.js')};
    const { PASSAGE_SIGNATURES: signatures } = environment.parse({ PASSAGE_ORG: 'customs', PASSAGE_SIGNATURES: '${method}' });
    const chain = generatedChain(400, { perBlock: 20 });
    const place = ${JSON.stringify(join(folder, 'index.sqlite'))};
    const indexer = startIndexerThread({ place, trust: trustIn(chain), chaincode: 'goods', signatures });
    const { refused, failed } = await indexer.addAll([...chain.blocks()].map(({ bytes }) => bytes));
    await indexer.close();
    if (refused || failed) throw refused ?? failed;`;

  for (const method of ['together', 'openssl']) {
    it(`is for the threads to follow that look ahead: ${method}`, () => {
      const visits = (file: RegExp) => (files: ReadonlySet<string>) =>
        [...files].some((url) => file.test(url));
      const threads = filesOfThreads(program(method));
      const searching = threads.filter(visits(SEARCH));
      expect(searching).not.to.deep.equal([]);
      expect(searching.some(visits(TOGETHER))).to.equal(method === 'together');
    });
  }
});
