import { expect } from 'chai';
import { MemoryState } from '../state/index.js';
import { recordedChain } from '../testing/recorded-chain.js';
import { believeNextBlock } from './believe-next-block.js';
import { startChain } from './start-chain.js';
import { verifyNextBlock } from './verify-next-block.js';
import { BlockMetadataIndex } from '../proto/index.js';
import type { ChainHead } from './head.js';
import type { RawBlock } from '../block/index.js';

describe('believeNextBlock', function () {
  this.timeout(60_000);

  it('comes to what judging everything comes to, block for block, and says that it made fewer checks', function () {
    const { blocks, expected } = recordedChain(this);
    const state = new MemoryState();
    const known = new Set<string>();
    const [first, ...others] = blocks;
    if (first === undefined) throw new Error('the recorded chain is empty');
    let { head } = startChain(first, expected.genesisHeaderHash);
    for (const block of others) {
      const judged = verifyNextBlock(head, block, state, { isKnownTransaction: (txId) => known.has(txId) });
      const believed = believeNextBlock(head, block, state);
      expect(believed.differences).to.deep.equal([]);
      expect({ ...believed.head, config: 0 }).to.deep.equal({ ...judged.head, config: 0 });
      expect(believed.verdict.updates).to.deep.equal(judged.verdict.updates);
      expect(believed.verdict.flags).to.deep.equal(judged.verdict.flags);
      expect(believed.checks).to.include({ 'data-hash': 1, 'chain-link': 1, 'orderer-quorum': 1 });
      expect(believed.checks).not.to.have.any.keys('creator-signature', 'endorsement-policy', 'versions');
      for (const { txId } of judged.verdict.transactions) known.add(txId);
      state.apply(judged.verdict.updates);
      head = judged.head;
    }
  });

  it('refuses what its checks find, and a block that no peer has judged', function () {
    const { blocks, expected } = recordedChain(this);
    const [first, second] = blocks;
    if (first === undefined || second === undefined) throw new Error('the recorded chain is empty');
    const { head } = startChain(first, expected.genesisHeaderHash);
    const checksOf = (block: RawBlock, at: ChainHead = head): readonly string[] =>
      believeNextBlock(at, block, new MemoryState()).differences.map(({ check }) => check);
    expect(checksOf(second)).to.deep.equal([]);
    const { header, metadata, envelopes } = second;
    const [envelope = new Uint8Array()] = envelopes;
    const altered = Uint8Array.from(envelope, (byte, at) => (at === envelope.length >> 1 ? byte ^ 1 : byte));
    expect(checksOf({ ...second, envelopes: [altered, ...envelopes.slice(1)] })).to.include('data-hash');
    expect(checksOf({ ...second, header: { ...header, number: 7 } })).to.include('chain-link');
    const without = (index: number): RawBlock => ({
      ...second,
      metadata: metadata.map((bytes, at) => (at === index ? new Uint8Array() : bytes)),
    });
    expect(checksOf(without(BlockMetadataIndex.SIGNATURES))).to.include('orderer-quorum');
    expect(checksOf(without(BlockMetadataIndex.TRANSACTIONS_FILTER))).to.deep.equal(['form']);
  });
});
