import { expect } from 'chai';
import {
  applyConfigEnvelope,
  channelConfigOf,
  isConfigBlock,
  readConfigTransaction,
} from '../config/index.js';
import { recordedChain } from '../testing/recorded-chain.js';
import { bftQuorum, verifyBlockSignatures } from './index.js';
import { decode, encode } from '../codec/index.js';
import { withMetadata } from '../block/index.js';
import { Metadata } from '../proto/index.js';

describe('orderer signatures of the recorded chain', function () {
  this.timeout(60_000);

  it('are 546 valid ones and make 182 quorums, by the configuration before each block', function () {
    const { blocks } = recordedChain(this);
    let config = channelConfigOf(blocks[0]!);
    let signatures = 0;
    let quorums = 0;
    const updated: number[] = [];
    for (const block of blocks.slice(1)) {
      const { satisfied, signers, required } = verifyBlockSignatures(block, config);
      expect(required).to.equal(3);
      signatures += signers.length;
      if (satisfied) quorums++;
      if (!isConfigBlock(block)) continue;
      const { configEnvelope } = readConfigTransaction(block.envelopes[0]!);
      config = applyConfigEnvelope(config, configEnvelope);
      updated.push(block.header.number);
    }
    expect({ signatures, quorums, updated }).to.deep.equal({
      signatures: 546,
      quorums: 182,
      updated: [146, 148, 154],
    });
    expect(config.batchSize.maxMessageCount).to.equal(12);
    expect(config.sequence).to.equal(3);
  });

  it('do not count twice, nor for another block', function () {
    const { blocks } = recordedChain(this);
    const config = channelConfigOf(blocks[0]!);
    const block = blocks[9]!;
    const { value, signatures } = decode(Metadata, block.metadata[0]!);
    const repeated = [signatures[0]!, signatures[0]!, signatures[1]!];
    const twice = withMetadata(block, 0, encode(Metadata, { value, signatures: repeated }));
    expect(verifyBlockSignatures(twice, config)).to.deep.include({ satisfied: false });
    expect(verifyBlockSignatures(twice, config).signers).to.have.length(2);
    const foreign = withMetadata(blocks[10]!, 0, block.metadata[0]!);
    expect(verifyBlockSignatures(foreign, config)).to.deep.include({ satisfied: false, signers: [] });
  });
});

describe('bftQuorum', () => {
  it('is ⌈(n+f+1)/2⌉', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 10].map(bftQuorum)).to.deep.equal([1, 2, 2, 3, 4, 4, 5, 7]);
  });
});
