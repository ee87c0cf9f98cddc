import { expect } from 'chai';
import fc from 'fast-check';
import { headerHash, readEndorserTransaction, readEnvelope, readInvocation } from '../block/index.js';
import { startChain, verifyNextBlock } from '../chain/index.js';
import { decode, toHex, utf8 } from '../codec/index.js';
import { ChaincodeEvent, TxValidationCode } from '../proto/index.js';
import { RwsetBuilder } from '../rwset/index.js';
import { MemoryState } from '../state/index.js';
import { nodeKey } from '../testing/node-key.js';
import { codeName } from '../validation/index.js';
import { EVERYTHING, PUTS, generateChain } from './index.js';
import { malformed } from './kinds-invalid.js';
import type { ChainHead, Difference } from '../chain/index.js';
import type { ChainOptions, GeneratedBlock, Kind } from './index.js';

const everything = { newKey: nodeKey, transactions: 400, perBlock: 12, mix: EVERYTHING } as const;

function made(options: ChainOptions): { blocks: GeneratedBlock[]; genesisHash: string } {
  const chain = generateChain(options);
  return { blocks: [...chain.blocks()], genesisHash: chain.genesisHash };
}

/** Judges the chain as a stranger does, who knows the genesis hash and nobody's memo. */
function differencesOf({ blocks, genesisHash }: ReturnType<typeof made>): Difference[] {
  const state = new MemoryState();
  const known = new Set<string>();
  let head: ChainHead | undefined;
  return blocks.flatMap(({ block }) => {
    const verified = head
      ? verifyNextBlock(head, block, state, { isKnownTransaction: (txId) => known.has(txId) })
      : startChain(block, genesisHash);
    head = verified.head;
    state.apply(verified.verdict.updates);
    for (const { txId } of verified.verdict.transactions) known.add(txId);
    return [...verified.differences];
  });
}

describe('generateChain', function () {
  this.timeout(60_000);
  let chain: ReturnType<typeof made>;

  before(() => {
    chain = made(everything);
  });

  it('makes a chain in which a verifier finds nothing wrong', () => {
    expect(differencesOf(chain)).to.deep.equal([]);
  });

  it('makes transactions that get the codes their makers say', () => {
    for (const { block, transactions } of chain.blocks.slice(1)) {
      const flags = [...(block.metadata[2] ?? [])].map(codeName);
      const expected = transactions.map(({ code }) => codeName(code));
      expect(
        flags,
        `block ${block.header.number}: ${transactions.map(({ kind }) => kind).join()}`,
      ).to.deep.equal(expected);
    }
  });

  it('makes as many transactions as it was asked for, of every kind', () => {
    const transactions = chain.blocks.slice(3).flatMap((block) => block.transactions);
    expect(transactions).to.have.length(400);
    expect(new Set(transactions.map(({ kind }) => kind)).size).to.equal(EVERYTHING.length);
  });

  it('breaks envelopes in many ways, each with its own code', () => {
    const script = Array.from({ length: 80 }, () => malformed);
    const { blocks } = made({ newKey: nodeKey, script, perBlock: 40 });
    const codes = blocks.slice(3).flatMap(({ block }) => [...(block.metadata[2] ?? [])]);
    expect([...new Set(codes)].sort((a, b) => a - b)).to.deep.equal([2, 3, 4, 5, 7, 8, 22, 25]);
  });

  it('makes the same transactions from the same seed, and others from another', () => {
    const kindsOf = (options: Partial<ChainOptions>): string =>
      made({ ...everything, transactions: 60, ...options })
        .blocks.flatMap(({ transactions }) => transactions.map(({ kind, code }) => `${kind} ${code}`))
        .join();
    expect(kindsOf({})).to.equal(kindsOf({}));
    expect(kindsOf({ seed: 2 })).not.to.equal(kindsOf({}));
  });

  it('makes sound chains of any number of organisations, orderers and transactions in a block', () => {
    const shapes = fc.record({
      organizations: fc.subarray(['alder', 'birch', 'cedar', 'dogwood', 'elm'], { minLength: 1 }),
      consenters: fc.integer({ min: 4, max: 7 }),
      perBlock: fc.integer({ min: 1, max: 9 }),
      valueBytes: fc.constantFrom(1, 5000),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(shapes, (shape) => {
        const other = made({ ...everything, ...shape, transactions: 25 });
        expect(differencesOf(other)).to.deep.equal([]);
        for (const { block, transactions } of other.blocks.slice(1)) {
          expect([...(block.metadata[2] ?? [])]).to.deep.equal(transactions.map(({ code }) => code));
          expect(transactions.length).to.be.at.most(shape.perBlock);
        }
      }),
      { numRuns: 6 },
    );
  });

  it('makes transactions of a kind and a chaincode of the caller’s', () => {
    const handover: Kind = {
      name: 'handover',
      draft: (draft) => {
        const results = new RwsetBuilder();
        results.addWrite(draft.context.chaincode, 'custody/1', utf8('port'));
        const event = { name: 'handover', payload: utf8('{}') };
        const args = [utf8('AcceptHandover'), utf8('{"ucr":"1"}')];
        return { envelope: draft.transact('AcceptHandover', results, { args, event }), code: 0 };
      },
    };
    const chain = made({ newKey: nodeKey, script: [handover], chaincode: 'passage' });
    expect(differencesOf(chain)).to.deep.equal([]);
    const [envelope = new Uint8Array()] = chain.blocks[3]?.block.envelopes ?? [];
    const { visiblePayload, chaincodeAction } = readEndorserTransaction(
      readEnvelope(envelope).payload?.data ?? new Uint8Array(),
    );
    expect(readInvocation(visiblePayload)).to.deep.include({ name: 'passage' });
    expect(decode(ChaincodeEvent, chaincodeAction.events)).to.deep.include({ eventName: 'handover' });
    expect([...(chain.blocks[3]?.block.metadata[2] ?? [])]).to.deep.equal([0]);
  });

  it('gives the hash of its own genesis block, and one block after another only as they are asked for', () => {
    const endless = generateChain({ newKey: nodeKey, transactions: 10 ** 9, mix: PUTS });
    const stream = endless.blocks();
    const first = stream.next().value as GeneratedBlock;
    expect(toHex(headerHash(first.block.header))).to.equal(endless.genesisHash);
    for (const number of [1, 2, 3]) {
      const { block, transactions } = stream.next().value as GeneratedBlock;
      expect(block.header.number).to.equal(number);
      expect(transactions.every(({ code }) => code === TxValidationCode.VALID)).to.equal(true);
    }
  });
});
