import { expect } from 'chai';
import { blockHeaderBytes, buildBlock, buildGenesisBlockOf, withMetadata } from '../block/index.js';
import { concatBytes, decode, encode, utf8 } from '../codec/index.js';
import {
  applyConfigEnvelope,
  channelConfigOf,
  isConfigBlock,
  readConfigTransaction,
} from '../config/index.js';
import { LedgerError } from '../errors.js';
import { serializeIdentity } from '../identity/index.js';
import { IdentifierHeader, Metadata, SignatureHeader } from '../proto/index.js';
import { signer } from '../testing/certificates.js';
import { recordedChain } from '../testing/recorded-chain.js';
import { consenters, genesis } from '../testing/test-channel.js';
import { bftQuorum, signBlock, verifyBlockSignatures } from './index.js';

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

describe('signBlock', () => {
  const config = channelConfigOf(buildGenesisBlockOf(genesis()));
  const block = buildBlock(1, new Uint8Array(32), [utf8('envelope')]);
  const signed = (...ids: number[]) =>
    signBlock(
      block,
      0,
      utf8('view'),
      consenters
        .filter(({ id }) => ids.includes(id))
        .map(({ id, identity }) => ({ id, nonce: new Uint8Array(24), sign: signer(identity.key) })),
    );

  it('makes signatures that the other side counts', () => {
    expect(verifyBlockSignatures(signed(1, 2, 4), config)).to.deep.equal({
      satisfied: true,
      signers: [1, 2, 4],
      mspIds: ['AMSP', 'AMSP', 'BMSP'],
      required: 3,
    });
    expect(verifyBlockSignatures(signed(3, 4), config)).to.deep.include({
      satisfied: false,
      signers: [3, 4],
    });
  });

  it('leaves nothing out of what is signed', () => {
    const good = signed(1, 2, 3);
    const { value, signatures } = decode(Metadata, good.metadata[0]!);
    const claim = (id: number) => encode(IdentifierHeader, { identifier: id, nonce: new Uint8Array(24) });
    const changed = [
      { ...good, header: { ...good.header, dataHash: new Uint8Array(32) } },
      withMetadata(good, 0, encode(Metadata, { value: utf8('other'), signatures })),
      withMetadata(
        good,
        0,
        encode(Metadata, {
          value,
          signatures: signatures.map((one) => ({ ...one, identifierHeader: claim(4) })),
        }),
      ),
    ];
    for (const forged of changed) expect(verifyBlockSignatures(forged, config).signers).to.be.empty;
  });

  it('counts a signature that carries its signer instead of an id, as Raft orderers write it', () => {
    const { value, signatures } = decode(Metadata, signed(1, 2).metadata[0]!);
    const { mspId, identity } = consenters[2]!;
    const signatureHeader = encode(SignatureHeader, { creator: serializeIdentity(mspId, identity.pem) });
    const message = concatBytes(value, signatureHeader, blockHeaderBytes(block.header));
    const signature = signer(identity.key)(message);
    // Where both stand, the header with the signer counts.
    for (const identifierHeader of [new Uint8Array(0), encode(IdentifierHeader, { identifier: 1 })]) {
      const third = { signatureHeader, identifierHeader, signature };
      const mixed = withMetadata(block, 0, encode(Metadata, { value, signatures: [...signatures, third] }));
      expect(verifyBlockSignatures(mixed, config)).to.deep.include({ satisfied: true, signers: [1, 2] });
    }
  });

  it('passes over consenters that nobody knows, and refuses metadata that is none', () => {
    const { value, signatures } = decode(Metadata, signed(1, 2, 3).metadata[0]!);
    const unknown = { ...signatures[0]!, identifierHeader: encode(IdentifierHeader, { identifier: 9 }) };
    const more = withMetadata(block, 0, encode(Metadata, { value, signatures: [unknown, ...signatures] }));
    expect(verifyBlockSignatures(more, config)).to.deep.include({ satisfied: true, signers: [1, 2, 3] });
    for (const broken of [withMetadata(block, 0, utf8('?')), { ...block, metadata: [] }]) {
      expect(() => verifyBlockSignatures(broken, config))
        .to.throw(LedgerError)
        .with.property('code', 'MALFORMED_BLOCK');
    }
    expect(verifyBlockSignatures(block, config)).to.deep.include({ satisfied: false, signers: [] });
  });
});

describe('bftQuorum', () => {
  it('is ⌈(n+f+1)/2⌉', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 10].map(bftQuorum)).to.deep.equal([1, 2, 2, 3, 4, 4, 5, 7]);
  });
});
