import { expect } from 'chai';
import { encode } from '../codec/index.js';
import { LedgerError } from '../errors.js';
import { startChain, verifyNextBlock } from '../chain/index.js';
import { Envelope, TxValidationCode } from '../proto/index.js';
import { MemoryState } from '../state/index.js';
import { recordedChain } from '../testing/recorded-chain.js';
import { validateBlock } from './validate-block.js';
import type { RawBlock } from '../block/index.js';
import type { ChainHead } from '../chain/index.js';
import type { ChannelConfig } from '../config/index.js';
import type { MspManager } from '../identity/index.js';
import type { BlockVerdict } from './verdict.js';

const { BAD_CREATOR_SIGNATURE, BAD_COMMON_HEADER, BAD_PAYLOAD, DUPLICATE_TXID, INVALID_OTHER_REASON } =
  TxValidationCode;

/** Block 11 holds one transaction: three peers endorsed it and it writes without looking. */
const BLOCK = 11;

describe('validateBlock', function () {
  this.timeout(30_000);
  const state = new MemoryState();
  let head: ChainHead;
  let block: RawBlock;
  let envelope: Uint8Array;

  /** Judges these envelopes as if they were block 11. */
  function judge(envelopes: readonly Uint8Array[], config?: Partial<ChannelConfig>): BlockVerdict {
    return validateBlock(
      { ...block, envelopes },
      {
        config: { ...head.config, ...config },
        state,
        isKnownTransaction: () => false,
        previousCommitHash: head.commitHash,
      },
    );
  }

  before(function () {
    const { blocks, expected } = recordedChain(this);
    const [first, ...others] = blocks.slice(0, BLOCK);
    const target = blocks[BLOCK];
    if (first === undefined || target === undefined) throw new Error('the recorded chain is too short');
    head = startChain(first, expected.genesisHeaderHash).head;
    for (const next of others) {
      const verified = verifyNextBlock(head, next, state, { isKnownTransaction: () => false });
      state.apply(verified.verdict.updates);
      head = verified.head;
    }
    block = target;
    envelope = target.envelopes[0] ?? new Uint8Array();
  });

  it('takes a transaction once where it stands twice in a block', () => {
    const { flags, transactions } = judge([envelope, envelope]);
    expect([...flags]).to.deep.equal([0, DUPLICATE_TXID]);
    expect(transactions[0]?.writes).to.have.length(1);
    expect(transactions[1]?.writes).to.deep.equal([]);
  });

  it('gives its code to what nobody can read, and judges the neighbours all the same', () => {
    const noPayload = encode(Envelope, { payload: Uint8Array.of(0xff), signature: Uint8Array.of(1) });
    const noHeader = encode(Envelope, { payload: new Uint8Array(), signature: Uint8Array.of(1) });
    const { flags } = judge([Uint8Array.of(0xff), noPayload, noHeader, new Uint8Array(), envelope]);
    expect([...flags]).to.deep.equal([
      INVALID_OTHER_REASON,
      BAD_PAYLOAD,
      BAD_COMMON_HEADER,
      BAD_COMMON_HEADER,
      0,
    ]);
  });

  it('refuses a transaction for another channel', () => {
    expect([...judge([envelope], { channelId: 'another' }).flags]).to.deep.equal([BAD_CREATOR_SIGNATURE]);
  });

  it('refuses a creator whom the MSP does not stand by, whatever the signature says', () => {
    const creator = {
      validate: () => {
        throw new LedgerError('INVALID_IDENTITY', 'revoked');
      },
      verify: () => true,
    };
    const msps = { deserializeIdentity: () => creator } as unknown as MspManager;
    const { transactions } = judge([envelope], { msps });
    expect(transactions[0]).to.deep.include({ code: BAD_CREATOR_SIGNATURE });
    expect(transactions[0]?.reason).to.include('revoked');
  });

  it('leaves the state as it was', () => {
    const keys = state.namespaces().map((name) => [name, state.count(name)]);
    judge([envelope]);
    expect(state.namespaces().map((name) => [name, state.count(name)])).to.deep.equal(keys);
  });
});
