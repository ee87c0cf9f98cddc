import { encodeBlock, readBlock } from '@passage/ledger';
import type { ChannelConfig, RawBlock } from '@passage/ledger';
import { channelConfigOf, decode, encode, Metadata } from '@passage/ledger';
import { expect } from 'chai';

import { generatedChain } from '../testing/generated-chain.js';
import { signaturesOf, signedHeaderOf } from './signed-header.js';

describe('a signed header', () => {
  let block: RawBlock;
  let config: ChannelConfig;
  before(() => {
    const blocks = [...generatedChain(4).blocks()];
    block = blocks.at(-1)?.block as RawBlock;
    config = channelConfigOf(blocks[0]?.block as RawBlock);
  });

  const signedBy = (count: number): Uint8Array => {
    const [first = new Uint8Array(), ...others] = block.metadata;
    const { value, signatures } = decode(Metadata, first);
    const fewer = encode(Metadata, { value, signatures: signatures.slice(0, count) });
    return encodeBlock({ ...block, metadata: [fewer, ...others] });
  };

  it('leaves the transactions out and keeps what orderers signed', () => {
    const header = signedHeaderOf(encodeBlock(block));
    expect(readBlock(header.signed).envelopes).to.deep.equal([]);
    expect(signaturesOf(header, config).enough).to.equal(true);
    expect(header.number).to.equal(block.header.number);
  });

  it('tells too few signatures from enough, and a changed header from the one that was signed', () => {
    expect(signaturesOf(signedHeaderOf(signedBy(3)), config)).to.deep.include({ enough: true });
    const two = signaturesOf(signedHeaderOf(signedBy(2)), config);
    expect([two.enough, two.mspIds.length]).to.deep.equal([false, 2]);
    const changed = { ...block, header: { ...block.header, dataHash: new Uint8Array(32) } };
    expect(signaturesOf(signedHeaderOf(encodeBlock(changed)), config)).to.deep.equal({
      enough: false,
      mspIds: [],
    });
  });

  it('has nobody’s signature where there are none', () => {
    const bare = encodeBlock({ ...block, metadata: [] });
    expect(signaturesOf(signedHeaderOf(bare), config)).to.deep.equal({ enough: false, mspIds: [] });
  });
});
