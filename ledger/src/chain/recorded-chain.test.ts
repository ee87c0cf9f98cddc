import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { toHex } from '../codec/index.js';
import { EXPIRY_NAMESPACE, MemoryState, parseHashNamespace } from '../state/index.js';
import { recordedChain } from '../testing/recorded-chain.js';
import { startChain } from './start-chain.js';
import { verifyNextBlock } from './verify-next-block.js';
import type { StateEntry } from '../state/index.js';
import type { RecordedChain } from '../testing/recorded-chain.js';
import type { VerifiedBlock } from './verify-next-block.js';

interface ExpectedState {
  readonly worldState: Record<
    string,
    { key: string; valueSha256: string; version: number[]; metadata?: string }[]
  >;
  readonly privateStateHashes: Record<
    string,
    Record<string, { keyHash: string; valueHash: string; version: number[]; metadata?: string }[]>
  >;
}

interface Judged {
  readonly blocks: readonly VerifiedBlock[];
  readonly state: MemoryState;
}

/** Judges every block without a look at what the peers wrote into it. */
function judge({ blocks, expected }: RecordedChain): Judged {
  const state = new MemoryState();
  const known = new Set<string>();
  const judged: VerifiedBlock[] = [];
  for (const block of blocks) {
    const before = judged.at(-1);
    const bare = { ...block, metadata: block.metadata.slice(0, 2) };
    const verified =
      before === undefined
        ? startChain(bare, expected.genesisHeaderHash)
        : verifyNextBlock(before.head, bare, state, { isKnownTransaction: (txId) => known.has(txId) });
    state.apply(verified.verdict.updates);
    for (const { txId } of verified.verdict.transactions) known.add(txId);
    judged.push(verified);
  }
  return { blocks: judged, state };
}

describe('the chain recorded from a real Fabric network', function () {
  this.timeout(60_000);
  let chain: RecordedChain;
  let judged: Judged;

  before(function () {
    chain = recordedChain(this);
    judged = judge(chain);
  });

  it('has every data hash, link and orderer quorum in order', () => {
    expect(judged.blocks.flatMap(({ differences }) => differences)).to.deep.equal([]);
  });

  it('gets the peers’ code for each of its 292 transactions', () => {
    const flags = judged.blocks.map(({ verdict }) => [...verdict.flags]);
    expect(flags).to.deep.equal(chain.expected.blocks.map(({ flags }) => flags));
    expect(flags.flat().length).to.equal(292);
  });

  it('gets the peers’ commit hash for each of its 183 blocks, and none for the first', () => {
    const hashes = judged.blocks.map(({ verdict }) => toHex(verdict.commitHash) || null);
    expect(hashes).to.deep.equal(chain.expected.blocks.map(({ commitHash }) => commitHash));
    expect(hashes.length).to.equal(183);
  });

  it('ends in the peers’ world state and private hashes, versions and key policies included', () => {
    const { worldState, privateStateHashes } = chain.expected as unknown as ExpectedState;
    const expected = new Map<string, unknown[]>();
    for (const [namespace, entries] of Object.entries(worldState)) {
      const rows = entries.map(({ key, valueSha256, version, metadata = '' }) => [
        key,
        valueSha256,
        version,
        metadata,
      ]);
      expected.set(namespace, rows);
    }
    for (const [chaincode, collections] of Object.entries(privateStateHashes)) {
      for (const [collection, entries] of Object.entries(collections)) {
        const rows = entries.map(({ keyHash, valueHash, version, metadata = '' }) => [
          keyHash,
          valueHash,
          version,
          metadata,
        ]);
        expected.set(`${chaincode}$$h${collection}`, rows);
      }
    }
    const namespaces = judged.state.namespaces().filter((name) => name !== EXPIRY_NAMESPACE);
    expect(namespaces).to.have.members([...expected.keys()]);
    for (const namespace of namespaces) {
      const rows = [...judged.state.range(namespace, '', '')].map(([key, entry]) =>
        row(namespace, key, entry),
      );
      expect(rows, namespace).to.deep.equal(expected.get(namespace));
    }
  });

  it('agrees with what the peers wrote into the blocks', () => {
    const head = judged.blocks[0]?.head;
    const second = chain.blocks[1];
    if (head === undefined || second === undefined) throw new Error('no second block');
    const { differences, checks } = verifyNextBlock(head, second, new MemoryState(), {
      isKnownTransaction: () => false,
    });
    expect(differences).to.deep.equal([]);
    expect(checks['commit-hash']).to.equal(1);
  });
});

function row(namespace: string, key: string, { value, version, metadata }: StateEntry): unknown[] {
  const hash = parseHashNamespace(namespace)
    ? toHex(value)
    : createHash('sha256').update(value).digest('hex');
  return [key, hash, [version.block, version.tx], toHex(metadata ?? new Uint8Array())];
}
