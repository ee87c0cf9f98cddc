import { createServer } from 'node:http';
import { headerHash, MemoryState, startChain, toHex, verifyNextBlock } from '@passage/ledger';
import { MUTATIONS, newForge } from '@passage/ledger/generator';
import { expect } from 'chai';
import { AuditError } from '../errors.js';
import { sourceOf } from '../testing/block-source.js';
import { nodeKey } from '../testing/node-key.js';
import { schemaFaults } from '../testing/schema-faults.js';
import { fileIn, withFolder } from '../testing/recorded-folder.js';
import { comparisonJson, type ComparisonReport } from './compare-report.js';
import { compareIndex } from './compare-index.js';
import { readIndexDigest, type IndexDigest } from './index-digest-file.js';
import { LedgerCheckpoints, stateParts } from './ledger-digest.js';
import type { RawBlock } from '@passage/ledger';

const FORMAT = 'passage-index-digest-1';

/** The digest that an index of these blocks exports. */
function digestOf(blocks: readonly RawBlock[], genesisHash: string, every: number): IndexDigest {
  const state = new MemoryState();
  const checkpoints = new LedgerCheckpoints(every);
  const [first, ...others] = blocks;
  if (first === undefined) throw new Error('there is no block');
  let { head } = startChain(first, genesisHash);
  const { channel } = head;
  checkpoints.take(first, startChain(first, genesisHash).verdict.transactions, false);
  const known = new Set<string>();
  for (const [index, block] of others.entries()) {
    const verified = verifyNextBlock(head, block, state, { isKnownTransaction: (id) => known.has(id) });
    state.apply(verified.verdict.updates);
    for (const { txId } of verified.verdict.transactions) known.add(txId);
    checkpoints.take(block, verified.verdict.transactions, index === others.length - 1);
    head = verified.head;
  }
  return {
    channel,
    genesisHash,
    height: blocks.length,
    headerHash: toHex(head.headerHash),
    commitHash: toHex(head.commitHash),
    every,
    checkpoints: checkpoints.checkpoints,
    state: stateParts(state),
  };
}

describe('holding an index against the ledger', function () {
  this.timeout(60_000);
  const forge = newForge(nodeKey);
  const { blocks } = forge;
  const genesisHash = toHex(headerHash(forge.block(0).header));
  const good = digestOf(blocks, genesisHash, 1);
  const ab = 'ab'.repeat(32);
  const compare = (digest: IndexDigest, ledger: readonly RawBlock[] = blocks): Promise<ComparisonReport> =>
    compareIndex([sourceOf(ledger)], { place: 'x.json', digest }, { genesisHash });

  it('finds nothing where the index is the ledger’s, up to its own height, however few its checkpoints', async () => {
    for (const [upTo, every] of [
      [11, 1],
      [9, 1],
      [10, 4],
    ] as const) {
      const report = await compare(digestOf(blocks.slice(0, upTo), genesisHash, every));
      expect(report).to.deep.include({ blocks: upTo, differences: [], complete: true });
      expect(report.sources[1]).to.deep.include({ source: 'index x.json', agrees: [[0, upTo - 1]] });
    }
  });

  it('names parts of the state that hold the records of this chain', () => {
    expect(Object.keys(good.state)).to.include('_lifecycle namespaces');
    const keys = Object.values(good.state).reduce((sum, part) => sum + part.keys, 0);
    expect(keys).to.be.greaterThan(Object.keys(good.state).length);
  });

  const [part = ''] = Object.keys(good.state);
  const at = (index: number, pair: readonly [string, string]): Partial<IndexDigest> => ({
    checkpoints: good.checkpoints.map((one, number) => (number < index ? one : pair)),
  });
  const [, verdicts] = good.checkpoints[7] ?? ['', ''];
  const wrong: readonly (readonly [
    what: string,
    change: Partial<IndexDigest>,
    kind: string,
    block: number,
  ])[] = [
    ['another ledger', { genesisHash: ab }, 'header', 0],
    ['another channel', { channel: 'another' }, 'header', 0],
    ['another block', at(7, [ab, verdicts]), 'header', 7],
    ['another verdict', at(10, [good.checkpoints[10]?.[0] ?? '', ab]), 'flags', 10],
    ['another last block', { headerHash: ab }, 'header', 10],
    ['another commit hash', { commitHash: ab }, 'commit-hash', 10],
    ['another record', { state: { ...good.state, [part]: { keys: 1, sha256: ab } } }, 'state', 10],
    [
      'a record that is not there',
      { state: { ...good.state, 'goods made-up': { keys: 1, sha256: ab } } },
      'state',
      10,
    ],
    ['no records', { state: {} }, 'state', 10],
  ];
  for (const [what, change, kind, block] of wrong) {
    it(`finds ${what}, and where`, async () => {
      const report = await compare({ ...good, ...change });
      const { differences } = report;
      expect(schemaFaults('comparison', comparisonJson(report))).to.deep.equal([]);
      expect(differences[0]).to.deep.include({ kind, block });
      expect(differences[0]?.versions.map(({ sources }) => sources)).to.deep.equal([
        ['memory'],
        ['index x.json'],
      ]);
    });
  }

  it('finds another verdict alone, in the blocks between two checkpoints', async () => {
    const few = digestOf(blocks, genesisHash, 4);
    const checkpoints = few.checkpoints.map(
      ([first, second], index) => [first, index === 0 ? second : ab] as const,
    );
    const { differences, sources } = await compare({ ...few, checkpoints });
    expect(differences).to.have.length(1);
    expect(differences[0]).to.deep.include({ kind: 'flags', block: 4 });
    expect(differences[0]?.versions[1]?.has).to.match(/^verdicts in blocks 4 to 7 /);
    expect(sources[1]?.agrees).to.deep.equal([[0, 3]]);
  });

  it('finds an index that has more blocks than the ledger', async () => {
    const { differences } = await compare(good, blocks.slice(0, 6));
    expect(differences[0]).to.deep.include({ kind: 'height', block: 6 });
  });

  it('judges the ledger first: an index that agrees with a broken chain says nothing', async () => {
    const broken = MUTATIONS.find(({ name }) => name === 'wrong-endorser-flagged-valid')?.break(forge).blocks;
    const { differences } = await compare(good, broken);
    expect(differences[0]).to.deep.include({ kind: 'rules', block: 3, transaction: 4 });
  });

  it('reads a digest from a file or an address, and refuses what is none', () =>
    withFolder(async (folder) => {
      const text = JSON.stringify({ format: FORMAT, ...good });
      expect((await readIndexDigest(fileIn(folder, 'good.json', text))).height).to.equal(11);
      const server = createServer((request, response) => {
        response.writeHead(request.url === '/digest' ? 200 : 404).end(text);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as { port: number };
      const url = `http://127.0.0.1:${String(port)}`;
      expect((await readIndexDigest(`${url}/digest`)).height).to.equal(11);
      const files = [
        'no JSON',
        'null',
        ...[
          { format: 'another' },
          { genesisHash: 'short' },
          { commitHash: 7 },
          { channel: undefined },
          { state: undefined },
          { height: 0 },
          { height: 12 },
          { checkpoints: good.checkpoints.map(() => ['a', 'b']) },
          { state: { part: { keys: -1, sha256: ab } } },
        ].map((change) => JSON.stringify({ format: FORMAT, ...good, ...change })),
      ].map((content, index) => fileIn(folder, `${String(index)}.json`, content));
      for (const place of [...files, `${folder}/absent`, `${url}/absent`]) {
        const error: unknown = await readIndexDigest(place).catch((thrown: unknown) => thrown);
        expect(error, place).to.be.instanceOf(AuditError).with.property('code', 'INDEX_UNUSABLE');
      }
      server.close();
    }));
});
