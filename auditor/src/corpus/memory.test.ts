import { expect } from 'chai';
import { generateChain, PUTS } from '@passage/ledger/generator';
import { replay } from '../replay.js';
import { openRecorded } from '../source/open-folder.js';
import { streamOf } from '../testing/block-source.js';
import { nodeKey } from '../testing/node-key.js';
import { fileIn, withFolder } from '../testing/recorded-folder.js';
import type { RawBlock } from '@passage/ledger';
import type { BlockSource } from '../source/block-source.js';

/** The same source, and a note of every block that it gave. */
function watched(source: BlockSource, given: RawBlock[]): BlockSource {
  return {
    description: source.description,
    async *blocks(from) {
      for await (const sourced of source.blocks(from)) {
        given.push(sourced.block);
        yield sourced;
      }
    },
  };
}

describe('the memory of blocks in files', function () {
  this.timeout(60_000);
  const chain = generateChain({ newKey: nodeKey, transactions: 60, perBlock: 6, mix: PUTS });
  const blocks = [...chain.blocks()].map(({ block }) => block);
  const { genesisHash } = chain;

  for (const [how, threads] of [
    ['read by the one that judges', undefined],
    ['looked at ahead', 2],
  ] as const) {
    it(`is given back as soon as a block is judged, ${how}`, () =>
      withFolder(async (folder) => {
        const file = fileIn(folder, 'blocks.bin', streamOf(blocks));
        const given: RawBlock[] = [];
        const report = await replay(watched(openRecorded(file), given), {
          genesisHash,
          ...(threads !== undefined && { threads }),
        });
        expect(report).to.deep.include({ blocks: blocks.length, differences: [] });
        const kept = given.filter(({ envelopes }) => envelopes.some(({ length }) => length > 0));
        // Block 0 stays: the rules of all that follow stand in it.
        expect(kept.map(({ header }) => header.number)).to.deep.equal([0]);
      }));
  }
});
