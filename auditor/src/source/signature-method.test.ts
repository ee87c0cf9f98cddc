import { expect } from 'chai';
import { generateChain } from '@passage/ledger/generator';
import { filesOfThreads } from '@passage/testing';
import { streamOf } from '../testing/block-source.js';
import { nodeKey } from '../testing/node-key.js';
import { fileIn, withFolder } from '../testing/recorded-folder.js';

const METHODS = ['together', 'openssl'] as const;

/** In which files threads look for good signatures, and check them together; loading either takes no time. */
const SEARCH = /\/ledger\/dist\/validation\/good-signatures\.js$/;
const TOGETHER = /\/batch-ecdsa\/dist\/ecdsa\/chunk-checker\.js$/;

const module = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href);

describe('how signatures are checked', function () {
  this.timeout(120_000);

  /** So many that it is worth a thread, and that a thread gets enough of them to check them together. */
  const chain = generateChain({ newKey: nodeKey, transactions: 700, perBlock: 20, valueBytes: 9000 });
  const bytes = streamOf([...chain.blocks()].map(({ block }) => block));
  const { genesisHash } = chain;

  const threadsOf = (code: (file: string) => string): Promise<readonly ReadonlySet<string>[]> =>
    withFolder((folder) =>
      Promise.resolve(filesOfThreads(code(JSON.stringify(fileIn(folder, 'blocks.bin', bytes))))),
    );
  const visits = (file: RegExp) => (files: ReadonlySet<string>) => [...files].some((url) => file.test(url));

  for (const method of METHODS) {
    it(`is for every thread of a replay to follow: ${method}`, async () => {
      const threads = await threadsOf(
        (file) => `
          import { openRecorded, replay } from ${module('../index.js')};
          import { waitingForThreads } from ${module('../testing/waiting-source.js')};
          const how = { genesisHash: '${genesisHash}', level: 'ledger', threads: 2, signatures: '${method}' };
          const { differences } = await replay(waitingForThreads(openRecorded(${file})), how);
          if (differences.length > 0) throw new Error('it differs');`,
      );
      const searching = threads.filter(visits(SEARCH));
      expect(searching).to.have.length(2);
      expect(searching.map(visits(TOGETHER))).to.deep.equal([method === 'together', method === 'together']);
    });

    it(`is what the command is told: --signatures ${method}`, async () => {
      const options = [
        '--level',
        'ledger',
        '--threads',
        '1',
        '--genesis',
        genesisHash,
        '--signatures',
        method,
      ];
      const [judge] = await threadsOf(
        (file) => `
          import { replayCommand } from ${module('../command/replay-command.js')};
          const options = [...${JSON.stringify(options)}, '--from', ${file}];
          await replayCommand().parseAsync(options, { from: 'user' });`,
      );
      expect(judge).to.satisfy(visits(SEARCH));
      expect(judge !== undefined && visits(TOGETHER)(judge)).to.equal(method === 'together');
    });
  }
});
