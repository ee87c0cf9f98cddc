import { expect } from 'chai';
import { encodeBlockRecord, FactFinder, headerHash, toHex, writeFrame } from '@passage/ledger';
import { generateChain, MUTATIONS, newForge } from '@passage/ledger/generator';
import { ThreadPool } from '@passage/ledger/threads';
import { AuditError } from '../errors.js';
import { ReplayRun } from '../replay-run.js';
import { streamOf } from '../testing/block-source.js';
import { nodeKey } from '../testing/node-key.js';
import { fileIn, withFolder } from '../testing/recorded-folder.js';
import { openRecorded } from './open-folder.js';
import { OutlineReader } from './outline.js';
import { readByThreads } from './read-by-threads.js';
import type { RawBlock } from '@passage/ledger';
import type { ReplayReport } from '../report.js';
import type { BlockSource } from './block-source.js';
import type { Outline, OutlineQuestion } from './outline.js';
import type { OutlineHands } from './read-by-threads.js';

/** Others who answer in this thread. */
function answering(): OutlineHands & { readonly finder: FactFinder } {
  const reader = new OutlineReader();
  const finder = new FactFinder({ transactions: false });
  return {
    finder,
    ordererSignatures: finder.ordererSignaturesOf.bind(finder),
    atOnce: () => 2,
    begin: () => undefined,
    ask: (question) => Promise.resolve(reader.outlinesOf(question)),
    doHere: (question) => reader.outlinesOf(question),
  };
}

function elsewhere(source: BlockSource, hands: OutlineHands): BlockSource {
  return readByThreads(source, source.files ?? [], hands);
}

/** Numbers of the blocks that a source gives, or how it breaks off. */
async function numbersOf(source: BlockSource, from = 0): Promise<(number | string)[]> {
  const numbers: (number | string)[] = [];
  try {
    for await (const { block } of source.blocks(from)) numbers.push(block.header.number);
  } catch (error) {
    if (!(error instanceof AuditError)) throw error;
    numbers.push(error.code);
  }
  return numbers;
}

describe('blocks that threads read for themselves', () => {
  const chain = generateChain({ newKey: nodeKey, transactions: 12, perBlock: 2 });
  const blocks = [...chain.blocks()].map(({ block }) => block);
  const numbers = blocks.map(({ header }) => header.number);

  const withStream = <T>(bytes: Uint8Array, run: (source: BlockSource) => Promise<T>): Promise<T> =>
    withFolder((folder) => run(openRecorded(fileIn(folder, 'blocks.bin', bytes))));

  it('are those of the source, from any block on, and none of them is read twice', () =>
    withStream(streamOf(blocks), async (source) => {
      for (const from of [0, 1, blocks.length - 1, blocks.length]) {
        const once: BlockSource = { ...source, blocks: () => expect.fail('the source itself was read') };
        expect(await numbersOf(elsewhere(once, answering()), from)).to.deep.equal(numbers.slice(from));
      }
    }));

  it('come from the files of a peer, too, one behind the other', () =>
    withFolder(async (folder) => {
      const records = blocks.map((block) => writeFrame(encodeBlockRecord(block)));
      fileIn(folder, 'blockfile_000000', Buffer.concat(records.slice(0, 4)));
      fileIn(folder, 'blockfile_000001', Buffer.concat(records.slice(4)));
      const source = elsewhere(openRecorded(folder), answering());
      expect(await numbersOf(source)).to.deep.equal(numbers);
      expect(await numbersOf(source, 5)).to.deep.equal(numbers.slice(5));
    }));

  it('have their envelopes when somebody asks', () =>
    withStream(streamOf(blocks), async (source) => {
      for await (const { block, progress } of elsewhere(source, answering()).blocks()) {
        expect(block.envelopes).to.deep.equal(blocks[block.header.number]?.envelopes);
        expect(progress).to.be.within(0, 1);
      }
    }));

  it('end as the source does where a file is cut, or holds something else', async () => {
    const bytes = streamOf(blocks);
    const other = Buffer.concat([bytes, writeFrame(Uint8Array.of(0xff, 0xff))]);
    for (const broken of [bytes.subarray(0, -10), Buffer.concat([bytes, Buffer.alloc(12, 0xff)]), other]) {
      await withStream(broken, async (source) => {
        const expected = await numbersOf(source);
        expect(expected.at(-1)).to.match(/^SOURCE_/);
        expect(await numbersOf(elsewhere(source, answering()))).to.deep.equal(expected);
      });
    }
  });

  it('are read by the one who asks where a thread fails, and by the source where he cannot either', () =>
    withStream(streamOf(blocks), async (source) => {
      const failing = { ...answering(), ask: () => Promise.resolve(undefined) };
      expect(await numbersOf(elsewhere(source, failing))).to.deep.equal(numbers);
      const unable = { ...failing, doHere: () => undefined };
      expect(await numbersOf(elsewhere(source, unable))).to.deep.equal(numbers);
    }));

  it('are hashed by threads of their own', () =>
    withStream(streamOf(blocks), async (source) => {
      const worker = new URL('./outline-worker.js', import.meta.url);
      const pool = new ThreadPool<never, OutlineQuestion, readonly (Outline | undefined)[]>(worker, 2);
      let answered = 0;
      const ask = async (question: OutlineQuestion): ReturnType<OutlineHands['ask']> => {
        const answer = await pool.ask(question);
        if (answer?.every((outline) => outline !== undefined) === true) answered += 1;
        return answer;
      };
      const hands = { ...answering(), ask };
      try {
        const found: number[] = [];
        for await (const { block, facts } of readByThreads(source, source.files ?? [], hands, 1).blocks()) {
          if (facts === undefined) continue;
          found.push(block.header.number);
          expect(facts.dataHash).to.deep.equal(block.header.dataHash);
        }
        // Block 0 is read where it is judged.
        expect(found).to.deep.equal(numbers.slice(1));
        expect(answered).to.be.at.least(1);
      } finally {
        await pool.close();
      }
    }));

  it('change no report at level hash, whatever is wrong with the chain', async function () {
    this.timeout(60_000);
    const forge = newForge(nodeKey);
    const genesisHash = toHex(headerHash(forge.block(0).header));
    const report = async (source: BlockSource, finder?: FactFinder): Promise<ReplayReport> => {
      const run = new ReplayRun({ genesisHash, level: 'hash', threads: finder ? 2 : 1 });
      for await (const { block, facts } of source.blocks()) {
        await run.take(block, facts);
        if (run.head === undefined) break;
        if (finder) finder.consenters = run.head.config.consenters;
      }
      return run.report('', { complete: true });
    };
    for (const mutation of MUTATIONS) {
      const broken: readonly RawBlock[] = mutation.break(forge).blocks;
      await withStream(streamOf(broken), async (source) => {
        const pool = answering();
        expect(await report(elsewhere(source, pool), pool.finder), mutation.name).to.deep.equal(
          await report(source),
        );
      });
    }
  });
});
