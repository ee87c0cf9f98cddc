import { headerHash, toHex } from '@passage/ledger';
import { MUTATIONS, newForge } from '@passage/ledger/generator';
import { expect } from 'chai';
import { AuditError } from '../errors.js';
import { replay } from '../replay.js';
import { reportJson, type ReplayReport } from '../report.js';
import { sourceOf } from '../testing/block-source.js';
import { nodeKey } from '../testing/node-key.js';
import { schemaFaults } from '../testing/schema-faults.js';
import { comparisonJson, type ComparisonReport } from './compare-report.js';
import { compareSources } from './compare-sources.js';
import { describeSourceDifference } from './source-difference.js';
import type { Broken } from '@passage/ledger/generator';
import type { RawBlock } from '@passage/ledger';
import type { BlockSource, SourcedBlock } from '../source/block-source.js';

/** The block that is edited, as in the corpus. */
const BLOCK = 7;

const named = (description: string, blocks: readonly RawBlock[]): BlockSource => ({
  ...sourceOf(blocks),
  description,
});

/** A source that breaks off behind some of its blocks. */
const failing = (description: string, blocks: readonly RawBlock[], after: number): BlockSource => ({
  description,
  async *blocks(from = 0): AsyncGenerator<SourcedBlock> {
    yield* sourceOf(blocks.slice(0, after)).blocks(from);
    throw new AuditError('PEER_UNAVAILABLE', `${description} is gone`);
  },
});

/** A source that has fewer blocks when it is asked first. */
const late = (description: string, blocks: readonly RawBlock[], first: number): BlockSource => {
  let asked = 0;
  return {
    description,
    blocks: (from) => {
      asked += 1;
      return sourceOf(asked === 1 ? blocks.slice(0, first) : blocks).blocks(from);
    },
  };
};

describe('holding sources against each other', function () {
  this.timeout(60_000);
  const forge = newForge(nodeKey);
  const { blocks } = forge;
  const genesisHash = toHex(headerHash(forge.block(0).header));
  const [alder, birch] = [named('alder', blocks), named('birch', blocks)];
  /** All orderers have signed another block 7 and a tail behind it. */
  const fork = forge.reordered(BLOCK, forge.block(BLOCK).envelopes.slice(0, -1), undefined, flagsBut(1));

  function flagsBut(last: number): Uint8Array {
    return forge.block(BLOCK).metadata[2]?.slice(0, -last) ?? new Uint8Array();
  }
  const compare = async (sources: readonly BlockSource[], all = false): Promise<ComparisonReport> => {
    const report = await compareSources(sources, { genesisHash, all });
    expect(schemaFaults('comparison', comparisonJson(report))).to.deep.equal([]);
    return report;
  };
  const broken = (name: string): Broken => {
    const mutation = MUTATIONS.find((one) => one.name === name);
    if (mutation === undefined) throw new Error(`there is no ${name}`);
    return mutation.break(forge);
  };

  it('finds nothing where all have the same', async () => {
    const report = await compare([alder, birch, named('cedar', blocks)]);
    expect(report).to.deep.include({ channel: 'corpus', blocks: 11, differences: [], complete: true });
    expect(report.sources).to.deep.equal([
      { source: 'alder', height: 11, gave: [[0, 10]], agrees: [[0, 10]], reading: 'ended' },
      { source: 'birch', height: 11, gave: [], agrees: [[0, 10]], reading: 'ended' },
      { source: 'cedar', height: 11, gave: [], agrees: [[0, 10]], reading: 'ended' },
    ]);
  });

  it('tells a source that ends earlier from one that has another block, and goes on behind it', async () => {
    const report = await compare([alder, named('short', blocks.slice(0, 5)), named('forked', fork)]);
    expect(report.differences.map(({ block, kind }) => [block, kind])).to.deep.equal([
      [5, 'height'],
      [BLOCK, 'header'],
    ]);
    const [height] = report.differences;
    expect(height?.versions.map(({ sources }) => sources)).to.deep.equal([['alder', 'forked'], ['short']]);
    expect(height?.versions[1]?.has).to.equal('no more than 5 blocks');
    expect(report.sources.map(({ reading }) => reading)).to.deep.equal(['stopped', 'ended', 'parted']);
  });

  it('shows both signed headers of a fork, with the orderers who signed', async () => {
    const { differences } = await compare([alder, named('forked', fork), birch]);
    const [first] = differences;
    if (first === undefined) throw new Error('nothing was found');
    expect(first).to.deep.include({ block: BLOCK, kind: 'header' });
    expect(first.versions.map(({ sources }) => sources)).to.deep.equal([['alder', 'birch'], ['forked']]);
    const headers = first.versions.flatMap(({ header }) => header ?? []);
    const hashes = [blocks, fork].flatMap((chain) =>
      chain.slice(BLOCK, BLOCK + 1).map((block) => toHex(headerHash(block.header))),
    );
    expect(headers.map(({ headerHash: hash }) => hash)).to.deep.equal(hashes);
    expect(new Set(headers.map(({ previousHash }) => previousHash)).size).to.equal(1);
    for (const { signedBy } of first.versions) expect(signedBy).to.have.length.greaterThan(2);
    expect(describeSourceDifference(first)).to.match(
      /^block 7: header: alder and birch have block 7 .* signed by \w+MSP, .*; forked has block 7 .* signed by/,
    );
  });

  const firsts: readonly (readonly [
    mutation: string,
    kind: string,
    transaction: number | undefined,
    has: RegExp,
  ])[] = [
    ['bit-in-value', 'data', 0, /in data that the header's hash is not of/],
    ['dropped-transaction', 'data', 5, /none there/],
    [
      'bit-in-orderer-signature',
      'orderer-signatures',
      undefined,
      /too few valid signatures of orderers: \w+MSP, \w+MSP/,
    ],
    ['valid-flagged-invalid', 'flags', 0, /MVCC_READ_CONFLICT/],
    ['flags-cut', 'flags', undefined, /VALID|no flag/],
    ['other-commit-hash', 'commit-hash', undefined, /^[0-9a-f]{64}$/],
    ['other-block-number', 'header', undefined, /^block 77 /],
    ['dropped-block', 'header', undefined, /^block 8 /],
    ['other-genesis', 'header', undefined, /^block 0 /],
  ];
  for (const [name, kind, transaction, has] of firsts) {
    it(`names what is unlike in ${name}, and who has what`, async () => {
      const { differences } = await compare([alder, named('edited', broken(name).blocks)]);
      const [first] = differences;
      expect(first?.kind).to.equal(kind);
      if (transaction !== undefined) expect(first?.transaction).to.equal(transaction);
      const edited = first?.versions.find(({ sources }) => sources.includes('edited'));
      expect(edited?.has).to.match(has);
    });
  }

  it('tells every broken chain of the corpus from the good one', async () => {
    for (const mutation of MUTATIONS) {
      const { blocks: changed, verdict } = mutation.break(forge);
      if (verdict.says === 'truncated') continue;
      const { differences } = await compare([alder, named('broken', changed)]);
      expect(differences, mutation.name).not.to.deep.equal([]);
    }
  });

  it('does not mind which of the orderers signed, as long as they are enough', async () => {
    const block = forge.block(BLOCK);
    const others = forge.edited(BLOCK, () => forge.sign(block, forge.consortium.consenters.slice(-3)));
    const { differences, sources } = await compare([alder, named('others', others)]);
    expect(differences).to.deep.equal([]);
    expect(sources[1]?.agrees).to.deep.equal([[0, 10]]);
  });

  it('says that all have the same block, and that it is not in order', async () => {
    const { blocks: changed } = broken('bit-in-value');
    const { differences } = await compare([named('one', changed), named('other', changed)]);
    expect(differences[0]).to.deep.include({ block: 6, kind: 'rules' });
    expect(differences[0]?.versions[0]?.sources).to.deep.equal(['one', 'other']);
    expect(differences[0]?.versions[0]?.has).to.match(/^a block that breaks data-hash: expected/);
  });

  it('stops at the first difference, and names them all where all are asked for', async () => {
    const edited = forge.edited(BLOCK, (block) => ({ ...block, envelopes: block.envelopes.slice(1) }));
    const twice = edited.map((block) => (block.header.number === 9 ? { ...block, metadata: [] } : block));
    expect((await compare([alder, named('edited', twice)])).differences).to.have.length(1);
    const all = await compare([alder, named('edited', twice)], true);
    expect(all.differences.map(({ block, kind }) => [block, kind])).to.deep.equal([
      [BLOCK, 'data'],
      [9, 'orderer-signatures'],
      [9, 'flags'],
      [9, 'commit-hash'],
      [9, 'metadata'],
    ]);
    expect(all.sources[1]?.agrees).to.deep.equal([
      [0, 6],
      [8, 8],
      [10, 10],
    ]);
  });

  it('asks a source that ends early once more, and says how often it came late', async () => {
    const report = await compare([late('slow', blocks, 6), birch]);
    expect(report.differences).to.deep.equal([]);
    expect(report.sources[0]).to.deep.include({ source: 'slow', height: 11, lagged: 1 });
  });

  it('goes on without a source that cannot be read, and names it', async () => {
    const report = await compare([alder, failing('gone', blocks, 4), birch]);
    expect(report).to.deep.include({ blocks: 11, differences: [], complete: false });
    expect(report.sources[1]).to.deep.include({
      height: 4,
      reading: 'failed',
      failure: 'PEER_UNAVAILABLE: gone is gone',
    });
  });

  it('fails where nobody can be read to the end', async () => {
    const run = compare([failing('one', blocks, 4), failing('other', blocks, 6)]);
    expect(await run.catch((error: unknown) => (error as AuditError).code)).to.equal('PEER_UNAVAILABLE');
  });

  describe('while the first of them is replayed', () => {
    const beside = async (first: BlockSource, ...others: BlockSource[]): Promise<ReplayReport> => {
      const report = await replay(first, { genesisHash, beside: others });
      expect(schemaFaults('replay', reportJson(report))).to.deep.equal([]);
      return report;
    };

    it('reports who gave each block, and who agrees', async () => {
      const report = await beside(alder, birch);
      expect(report).to.deep.include({ blocks: 11, differences: [], sourceDifferences: [] });
      expect(report.checks.sources).to.equal(11);
      expect(report.sources?.map(({ source, gave, agrees }) => [source, gave, agrees])).to.deep.equal([
        ['alder', [[0, 10]], [[0, 10]]],
        ['birch', [], [[0, 10]]],
      ]);
    });

    it('takes from another one what the first withholds, and breaks no rule by it', async () => {
      const report = await beside(named('short', blocks.slice(0, 8)), birch);
      expect(report).to.deep.include({ blocks: 11, differences: [], complete: true });
      expect(report.sources?.map(({ gave }) => gave)).to.deep.equal([[[0, 7]], [[8, 10]]]);
      expect(report.sourceDifferences).to.have.length(1);
      expect(report.sourceDifferences?.[0]).to.deep.include({ block: 8, kind: 'height' });
    });

    it('takes from another one what the first cannot give', async () => {
      const report = await beside(failing('gone', blocks, 3), birch);
      expect(report).to.deep.include({ blocks: 11, differences: [], complete: true });
      expect(report.sources?.[0]).to.deep.include({ reading: 'failed', height: 3 });
    });

    it('is a difference where another one has a fork, with its orderers', async () => {
      const { differences, sourceDifferences } = await beside(alder, named('forked', fork));
      expect(differences).to.have.length(1);
      expect(differences[0]).to.deep.include({ block: BLOCK, check: 'sources' });
      expect(differences[0]?.signedBy).to.have.length.greaterThan(2);
      expect(sourceDifferences?.[0]?.versions[1]?.header?.block).to.equal(BLOCK);
    });

    it('names what is wrong with the first before what the others have', async () => {
      const { differences } = await beside(named('edited', broken('bit-in-value').blocks), birch);
      expect(differences.map(({ check }) => check)).to.include.members(['data-hash', 'sources']);
      expect(differences[0]?.check).to.equal('data-hash');
    });
  });
});
