import { expect } from 'chai';
import { readClaims, startChain, verifyNextBlock } from '../chain/index.js';
import { MemoryState } from '../state/index.js';
import { recordedChain } from '../testing/recorded-chain.js';
import { readByFlags } from './read-by-flags.js';

describe('readByFlags', function () {
  this.timeout(60_000);

  it('gives of every block of a recorded chain what judging it gives', function () {
    const { blocks, expected } = recordedChain(this);
    const state = new MemoryState();
    const known = new Set<string>();
    const [first, ...others] = blocks;
    if (first === undefined) throw new Error('the recorded chain is empty');
    let { head } = startChain(first, expected.genesisHeaderHash);
    for (const block of others) {
      const { number } = block.header;
      const judged = verifyNextBlock(head, block, state, {
        isKnownTransaction: (txId) => known.has(txId),
      });
      const read = readByFlags(number, block.envelopes, readClaims(block).flags ?? new Uint8Array(), state);
      expect(read).to.have.length(judged.verdict.transactions.length);
      for (const [index, { code, writes, sets, transaction, ...about }] of read.entries()) {
        const verdict = judged.verdict.transactions[index];
        expect({ code, writes }).to.deep.equal({ code: verdict?.code, writes: verdict?.writes });
        expect(verdict).to.deep.include({ txId: about.txId, type: about.type, creator: about.creator });
        if (code === 0)
          expect({ sets, transaction }).to.deep.equal({
            sets: verdict?.sets,
            transaction: verdict?.transaction,
          });
      }
      for (const { txId } of judged.verdict.transactions) known.add(txId);
      state.apply(judged.verdict.updates);
      head = judged.head;
    }
  });

  it('takes a transaction that has no flag, or cannot be read, for one that nobody judged', () => {
    const [read] = readByFlags(1, [Uint8Array.of(1, 2, 3)], new Uint8Array(), new MemoryState());
    expect(read).to.deep.include({ index: 0, code: 254, txId: '', sets: [], writes: [] });
  });
});
