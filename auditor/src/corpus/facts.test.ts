import { expect } from 'chai';
import { BatchVerifier } from '@passage/batch-ecdsa';
import { channelConfigOf, FactFinder, headerHash, toHex } from '@passage/ledger';
import { generateChain, MUTATIONS, newForge, PUTS } from '@passage/ledger/generator';
import { AuditError } from '../errors.js';
import { ReplayRun } from '../replay-run.js';
import { replay } from '../replay.js';
import { sourceOf, streamOf } from '../testing/block-source.js';
import { fileIn, withFolder } from '../testing/recorded-folder.js';
import { nodeKey } from '../testing/node-key.js';
import { waitingForThreads } from '../testing/waiting-source.js';
import { openRecorded } from '../source/open-folder.js';
import type { KeyObject } from 'node:crypto';
import type { RawBlock, VerifyAll } from '@passage/ledger';
import type { Mutation } from '@passage/ledger/generator';
import type { ReplayReport } from '../report.js';

type Level = 'hash' | 'ledger';

/** Every key gets a table at once, and a single signature is a batch, which on a chain of a few blocks nothing would. */
const verifier = new BatchVerifier({ patience: 0, worth: 1, tables: 32, fewest: 1 });
const inBatches: VerifyAll = (checks) =>
  verifier.verify(checks.map((check) => ({ ...check, key: check.key.handle as KeyObject })));

/** What a replay comes to, block by block: each signature asked of OpenSSL, or known beforehand from batches. */
async function judged(blocks: readonly RawBlock[], level: Level, beforehand: boolean): Promise<ReplayReport> {
  const genesisHash = toHex(headerHash(forge.block(0).header));
  const run = new ReplayRun({ genesisHash, level, ...(beforehand && { threads: 2 }) });
  const finder = new FactFinder({ transactions: level === 'ledger' }, inBatches);
  for (const block of blocks) {
    await run.take(block, beforehand ? finder.factsOf(block) : undefined);
    if (run.head === undefined) break;
    finder.consenters = run.head.config.consenters;
  }
  return run.report('blocks', { complete: true });
}

const forge = newForge(nodeKey);

describe('what is found out beforehand about a block', function () {
  this.timeout(180_000);

  const expectSame = async (level: Level, mutations: readonly Mutation[]): Promise<void> => {
    for (const { name, ...mutation } of mutations) {
      const { blocks } = mutation.break(forge);
      const [facts, none] = [await judged(blocks, level, true), await judged(blocks, level, false)];
      expect(facts, name).to.deep.equal(none);
    }
  };

  it('changes no report of a broken chain', () => expectSame('ledger', MUTATIONS));

  it('changes no report at level hash, where blocks as a whole are looked at', () =>
    expectSame(
      'hash',
      MUTATIONS.filter(({ name }) => name.includes('orderer') || name.includes('hash')),
    ));

  it('is all that a good block needs: no signature is left to look at', () => {
    const simple = generateChain({ newKey: nodeKey, transactions: 5, mix: PUTS });
    const finder = new FactFinder({ transactions: true });
    const [genesis, ...others] = [...simple.blocks()].map(({ block }) => block);
    if (genesis === undefined) throw new Error('no first block');
    finder.consenters = channelConfigOf(genesis).consenters;
    for (const block of others) {
      const { signatures = [], misshapen, dataHash, ordererSignatures } = finder.factsOf(block);
      expect([...signatures]).to.satisfy((good: number[]) => good.every((bits) => bits % 8 === 0b111));
      expect(misshapen).to.equal(-1);
      expect(toHex(dataHash)).to.equal(toHex(block.header.dataHash));
      expect(ordererSignatures).to.have.length(3);
    }
  });
});

describe('replay in several threads', function () {
  this.timeout(60_000);

  /** Few transactions with large values, because a short source is not worth threads. */
  const chain = generateChain({ newKey: nodeKey, transactions: 80, perBlock: 4, valueBytes: 60_000 });
  const blocks = [...chain.blocks()].map(({ block }) => block);
  const { genesisHash } = chain;

  interface How {
    readonly all?: boolean;
    readonly level?: Level;
  }

  const reported = (bytes: Uint8Array, threads: number, how: How): Promise<ReplayReport | AuditError> =>
    withFolder(async (folder) => {
      const source = waitingForThreads(openRecorded(fileIn(folder, 'blocks.bin', bytes)));
      try {
        const report = await replay(source, { genesisHash, threads, ...how });
        return { ...report, source: '' };
      } catch (error) {
        expect(error).to.be.instanceOf(AuditError);
        return error as AuditError;
      }
    });

  const same = async (bytes: Uint8Array, how: How = {}): Promise<ReplayReport | AuditError> => {
    const [one, three] = [await reported(bytes, 1, how), await reported(bytes, 3, how)];
    if (one instanceof AuditError) expect(three).to.include({ code: one.code });
    else expect(three).to.deep.equal(one);
    return three;
  };

  it('reports what one thread reports of a good chain', async () => {
    expect(streamOf(blocks).length).to.be.greaterThan(5_000_000);
    expect(await same(streamOf(blocks))).to.deep.include({
      transactions: 83,
      differences: [],
      complete: true,
    });
  });

  it('names the same first difference, and the same of all', async () => {
    const last = blocks.length - 2;
    const broken = blocks.map((block, index) => (index < last ? block : tampered(block)));
    for (const all of [false, true]) {
      const report = await same(streamOf(broken), { all });
      expect(report).to.have.nested.property('differences[0].block', last);
    }
  });

  it('reports the same at level hash, where the threads read the file', async () => {
    const good = await same(streamOf(blocks), { level: 'hash' });
    expect(good).to.deep.include({ transactions: 83, differences: [], complete: true });
    const broken = blocks.map((block, index) => (index === 15 ? tampered(block) : block));
    const report = await same(streamOf(broken), { level: 'hash', all: true });
    expect(report).to.have.nested.property('differences[0].block', 15);
  });

  it('holds other sources against the one that is read ahead', async () => {
    const broken = blocks.map((block, index) => (index === 15 ? tampered(block) : block));
    const [one, three] = await Promise.all(
      [1, 3].map((threads) =>
        replay(waitingForThreads(sourceOf(broken)), {
          genesisHash,
          threads,
          beside: [sourceOf(blocks), sourceOf(blocks.slice(0, 9))],
        }),
      ),
    );
    expect(three).to.deep.equal(one);
    expect(three).to.have.nested.property('differences[0].block', 15);
  });

  it('judges what stands before the place where a source breaks off', async () => {
    const bytes = streamOf(blocks);
    expect(await same(bytes.subarray(0, bytes.length - 10))).to.include({ code: 'SOURCE_TRUNCATED' });
  });
});

/** The block with another last byte in its first envelope: of the creator's signature. */
function tampered(block: RawBlock): RawBlock {
  const [first = new Uint8Array(), ...others] = block.envelopes;
  const envelope = Uint8Array.from(first);
  envelope[envelope.length - 1] = (envelope.at(-1) ?? 0) ^ 1;
  return { ...block, envelopes: [envelope, ...others] };
}
