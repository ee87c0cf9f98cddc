import { expect } from 'chai';
import fc from 'fast-check';
import { buildGenesisBlockOf, dataHash, headerHash } from '../block/index.js';
import { decode, encode, toHex } from '../codec/index.js';
import { Capabilities, ConfigEnvelope, Envelope, Payload } from '../proto/index.js';
import { MemoryState } from '../state/index.js';
import { recordedChain } from '../testing/recorded-chain.js';
import { restoreHead, serializeHead } from './head.js';
import { startChain } from './start-chain.js';
import { verifyNextBlock } from './verify-next-block.js';
import type { RawBlock } from '../block/index.js';
import type { RecordedChain } from '../testing/recorded-chain.js';
import type { Difference } from './difference.js';
import type { ChainHead } from './head.js';

/** Block 84 changes a key's policy, and three more transactions of it run into that. */
const BLOCK = 84;

describe('verifyNextBlock', function () {
  this.timeout(60_000);
  const state = new MemoryState();
  const known = new Set<string>();
  let chain: RecordedChain;
  let head: ChainHead;
  let block: RawBlock;

  const knowledge = { isKnownTransaction: (txId: string): boolean => known.has(txId) };
  const differencesOf = (candidate: RawBlock): readonly Difference[] =>
    verifyNextBlock(head, candidate, state, knowledge).differences;

  before(function () {
    chain = recordedChain(this);
    const [first, ...others] = chain.blocks.slice(0, BLOCK + 1);
    if (first === undefined) throw new Error('no genesis block');
    head = startChain(first, chain.expected.genesisHeaderHash).head;
    for (block of others.slice(0, -1)) {
      const verified = verifyNextBlock(head, block, state, knowledge);
      state.apply(verified.verdict.updates);
      for (const { txId } of verified.verdict.transactions) known.add(txId);
      head = verified.head;
    }
    block = others.at(-1) ?? block;
  });

  it('finds nothing in the block as it was recorded', () => {
    expect(block.header.number).to.equal(BLOCK);
    expect(differencesOf(block)).to.deep.equal([]);
  });

  it('wants each envelope as protobuf writes it, because the data hash covers a mere concatenation', () => {
    const [first = new Uint8Array(), ...others] = block.envelopes;
    const padded = Uint8Array.of(...first, 0x12, 0x00); // an empty signature behind the first one
    const envelopes = [padded, ...others];
    const forged = { ...block, envelopes, header: { ...block.header, dataHash: dataHash(envelopes) } };
    expect(differencesOf(forged)[0]).to.deep.include({
      check: 'data-hash',
      transaction: 0,
      found: 'other bytes',
    });
  });

  it('refuses a block without transactions', () => {
    const forged = { ...block, envelopes: [], header: { ...block.header, dataHash: dataHash([]) } };
    expect(differencesOf(forged)[0]).to.deep.include({ check: 'data-hash', found: 'none' });
  });

  it('names a number of flags that is not the number of transactions', () => {
    const metadata = [...block.metadata];
    metadata[2] = Uint8Array.of(0);
    expect(differencesOf({ ...block, metadata })[0]).to.deep.include({ check: 'form', found: '1 flags' });
  });

  it('names the data hash and the transaction where one byte of a transaction was altered, and never stops', () => {
    const anyByte = fc.tuple(
      fc.nat({ max: block.envelopes.length - 1 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
    );
    fc.assert(
      fc.property(anyByte, ([index, position, change]) => {
        const envelopes = block.envelopes.map((bytes) => Uint8Array.from(bytes));
        const altered = envelopes[index] ?? new Uint8Array();
        altered[position % altered.length] = (altered[position % altered.length] ?? 0) ^ change;
        const [first] = differencesOf({ ...block, envelopes });
        expect(first?.check).to.equal('data-hash');
        expect(first?.block).to.equal(BLOCK);
      }),
      { numRuns: 60 },
    );
  });

  it('points from the data hash to the altered transaction', () => {
    const envelopes = block.envelopes.map((bytes) => Uint8Array.from(bytes));
    const last = envelopes[0] ?? new Uint8Array();
    last[last.length - 1] = (last.at(-1) ?? 0) ^ 1;
    const [first, second] = differencesOf({ ...block, envelopes });
    expect(first).to.deep.include({ block: BLOCK, transaction: 0, check: 'data-hash' });
    expect(second).to.deep.include({ transaction: 0, check: 'creator-signature', found: 'VALID' });
  });

  it('names the quorum where the header was made to fit altered transactions', () => {
    const other = chain.blocks[BLOCK + 1];
    if (other === undefined) throw new Error('no block to take transactions from');
    const forged = {
      ...block,
      envelopes: other.envelopes,
      header: { ...block.header, dataHash: other.header.dataHash },
    };
    const checks = differencesOf(forged).map(({ check }) => check);
    expect(checks[0]).to.equal('orderer-quorum');
  });

  it('names the quorum where one of three signatures is missing', () => {
    const metadata = [...block.metadata];
    metadata[0] = new Uint8Array();
    const [first] = differencesOf({ ...block, metadata });
    expect(first).to.deep.include({
      check: 'orderer-quorum',
      expected: 'valid signatures of 3 orderers',
      found: '0',
    });
  });

  it('names the link where a block was left out', () => {
    const next = chain.blocks[BLOCK + 1];
    const [first] = next === undefined ? [] : differencesOf(next);
    expect(first).to.deep.include({ check: 'chain-link', expected: 'block 84', found: 'block 85' });
  });

  it('names the link where the hash of the block before is another one', () => {
    const forged = { ...block, header: { ...block.header, previousHash: Uint8Array.of(1) } };
    expect(differencesOf(forged)[0]).to.deep.include({ check: 'chain-link', found: '01' });
  });

  it('names the transaction and both codes where a flag was altered', () => {
    const metadata = block.metadata.map((bytes) => Uint8Array.from(bytes));
    metadata[2]?.set([0], 1);
    const [first] = differencesOf({ ...block, metadata });
    expect(first).to.deep.include({ transaction: 1, check: 'endorsement-policy', found: 'VALID' });
    expect(first?.expected).to.match(/^ENDORSEMENT_POLICY_FAILURE \(the policy of basket/);
  });

  it('names the commit hash where it was altered', () => {
    const metadata = block.metadata.map((bytes) => Uint8Array.from(bytes));
    metadata[4]?.set([1], 5);
    const [first] = differencesOf({ ...block, metadata });
    expect(first?.check).to.equal('commit-hash');
  });

  it('goes on from a head that was kept as JSON', () => {
    const kept = restoreHead(
      JSON.parse(JSON.stringify(serializeHead(head))) as ReturnType<typeof serializeHead>,
    );
    const { differences, verdict } = verifyNextBlock(kept, block, state, knowledge);
    expect(differences).to.deep.equal([]);
    expect(toHex(verdict.commitHash)).to.equal(chain.expected.blocks[BLOCK]?.commitHash);
  });
});

describe('startChain', () => {
  it('refuses a genesis block of another hash, and a block that is not the first', function () {
    const { blocks, expected } = recordedChain(this);
    const [first, second] = blocks;
    if (first === undefined || second === undefined) throw new Error('no blocks');
    expect(() => startChain(first, 'ab'.repeat(32))).to.throw('is not the trusted genesis block');
    const renumbered = { ...first, header: { ...first.header, number: 1 } };
    expect(() => startChain(renumbered, toHex(headerHash(renumbered.header)))).to.throw(
      'block 1 with header hash',
    );
    expect(() => startChain(second, expected.genesisHeaderHash)).to.throw('is not the trusted genesis block');
  });

  it('refuses a channel whose peers judge by older rules', function () {
    const [first] = recordedChain(this).blocks;
    const old = first && withApplicationCapability(first, 'V1_3');
    expect(() => old && startChain(old, toHex(headerHash(old.header)))).to.throw(
      'no application capability V2_0',
    );
  });
});

/** The same genesis block for a channel with another application capability. */
function withApplicationCapability(genesis: RawBlock, name: string): RawBlock {
  const envelope = decode(Envelope, genesis.envelopes[0] ?? new Uint8Array());
  const payload = decode(Payload, envelope.payload);
  const { config } = decode(ConfigEnvelope, payload.data);
  const group = config?.channelGroup;
  const application = group?.groups.get('Application');
  const value = application?.values.get('Capabilities');
  if (group === undefined || application === undefined || value === undefined)
    throw new Error('no capabilities');
  const capabilities = { ...value, value: encode(Capabilities, { capabilities: new Map([[name, {}]]) }) };
  const values = new Map([...application.values, ['Capabilities', capabilities]]);
  const groups = new Map([...group.groups, ['Application', { ...application, values }]]);
  const data = encode(ConfigEnvelope, { config: { ...config, channelGroup: { ...group, groups } } });
  return buildGenesisBlockOf(
    encode(Envelope, { ...envelope, payload: encode(Payload, { ...payload, data }) }),
  );
}
