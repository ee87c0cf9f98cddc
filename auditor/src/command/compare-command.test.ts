import { join } from 'node:path';
import { headerHash, toHex } from '@passage/ledger';
import { generateChain } from '@passage/ledger/generator';
import { expect } from 'chai';
import { streamOf } from '../testing/block-source.js';
import { nodeKey } from '../testing/node-key.js';
import { fileIn, withFolder } from '../testing/recorded-folder.js';
import { runCommand } from '../testing/run-command.js';
import { compareCommand } from './compare-command.js';

describe('passage compare', function () {
  this.timeout(60_000);
  const chain = generateChain({ newKey: nodeKey, transactions: 8, perBlock: 4, valueBytes: 8 });
  const blocks = [...chain.blocks()].map(({ block }) => block);
  const [first] = blocks;
  const genesis = toHex(
    headerHash(first?.header ?? { number: 0, previousHash: new Uint8Array(), dataHash: new Uint8Array() }),
  );
  const compare = (...args: string[]): ReturnType<typeof runCommand> =>
    runCommand(compareCommand, '--genesis', genesis, ...args);

  it('exits with 0 where all have the same, with 1 where one has not, and tells who', () =>
    withFolder(async (folder) => {
      const whole = fileIn(folder, 'whole.bin', streamOf(blocks));
      const copy = fileIn(folder, 'copy.bin', streamOf(blocks));
      const short = fileIn(folder, 'short.bin', streamOf(blocks.slice(0, 2)));
      const alike = await compare('--from', whole, copy);
      expect(alike.status, alike.stderr).to.equal(0);
      expect(alike.stdout).to.include('agrees in 0 to').and.include('alike: 0 differences');
      const differs = await compare('--from', whole, short, '--json');
      expect(differs.status).to.equal(1);
      const said = JSON.parse(differs.stdout) as Record<string, unknown>;
      expect(said).to.deep.include({ differences: 1, blocks: blocks.length, complete: true });
      expect(said.firstDifference).to.deep.include({ block: 2, kind: 'height' });
    }));

  it('exits with 2 for less than two sources, with 3 where one cannot be read', () =>
    withFolder(async (folder) => {
      const whole = fileIn(folder, 'whole.bin', streamOf(blocks));
      const cut = fileIn(folder, 'cut.bin', streamOf(blocks).subarray(0, -10));
      expect((await compare('--from', whole)).status).to.equal(2);
      const failed = await compare('--from', whole, cut);
      expect(failed.status).to.equal(3);
      expect(failed.stdout)
        .to.include('SOURCE_TRUNCATED')
        .and.include(`from block ${String(blocks.length - 1)} on`);
      expect((await compare('--from', whole, join(folder, 'absent'))).stderr).to.include('SOURCE_NOT_FOUND');
    }));
});
