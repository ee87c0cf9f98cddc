import { expect } from 'chai';
import { decode, encode, isCanonical, toHex, utf8 } from '../codec/index.js';
import { LedgerError } from '../errors.js';
import { Envelope, HeaderType } from '../proto/index.js';
import { recordedChain } from '../testing/recorded-chain.js';
import {
  buildBlock,
  dataHash,
  decodeBlockRecord,
  encodeBlock,
  encodeBlockRecord,
  headerHash,
  readBlock,
  readEnvelope,
  readFrame,
  transactionId,
  writeFrame,
} from './index.js';

describe('blocks of the recorded chain', () => {
  it('have the header hash, data hash and link that the peers agreed on', function () {
    const { blocks, expected } = recordedChain(this);
    expect(blocks).to.have.length(183);
    for (const [i, { header, envelopes }] of blocks.entries()) {
      const wanted = expected.blocks[i]!;
      expect(header.number).to.equal(i);
      expect(toHex(headerHash(header))).to.equal(wanted.headerHash);
      expect(toHex(dataHash(envelopes))).to.equal(wanted.dataHash);
      expect(toHex(header.dataHash)).to.equal(wanted.dataHash);
      expect(toHex(header.previousHash)).to.equal(wanted.previousHash);
    }
  });

  it('are written again byte for byte, as messages and as records of the block file', function () {
    const { blocks, rawBlocks, blockFile } = recordedChain(this);
    let offset = 0;
    for (const [i, block] of blocks.entries()) {
      expect(toHex(encodeBlock(block))).to.equal(toHex(rawBlocks[i]!));
      const frame = readFrame(blockFile, offset)!;
      const stored = decodeBlockRecord(frame.content);
      expect(stored.header).to.deep.equal(block.header);
      expect(toHex(writeFrame(encodeBlockRecord(stored)))).to.equal(
        toHex(blockFile.subarray(offset, frame.next)),
      );
      offset = frame.next;
    }
    expect(offset).to.equal(blockFile.length);
  });

  it('hold envelopes that Go writes the same way again', function () {
    for (const { envelopes } of recordedChain(this).blocks) {
      for (const envelope of envelopes) expect(isCanonical(Envelope, envelope)).to.be.true;
    }
  });

  it('carry the transaction ids that follow from nonce and creator, but for the one forged', function () {
    const { blocks, expected } = recordedChain(this);
    const wrong: string[] = [];
    let checked = 0;
    for (const [i, { envelopes }] of blocks.entries()) {
      for (const [j, bytes] of envelopes.entries()) {
        const { channelHeader, signatureHeader, faults } = readEnvelope(bytes);
        expect(faults).to.be.empty;
        if (channelHeader?.type !== HeaderType.ENDORSER_TRANSACTION) continue;
        expect(channelHeader.txId).to.equal(expected.blocks[i]!.txIds[j]);
        checked++;
        const derived = transactionId(signatureHeader!.nonce, signatureHeader!.creator);
        if (derived !== channelHeader.txId) wrong.push(`${i}/${j}`);
      }
    }
    expect(checked).to.be.greaterThan(280);
    expect(wrong).to.deep.equal(['140/0']);
  });
});

describe('readEnvelope', () => {
  it('reads what can be read around a broken part', function () {
    const { blocks } = recordedChain(this);
    const whole = decode(Envelope, blocks[20]!.envelopes[0]!);
    const cut = encode(Envelope, { ...whole, payload: whole.payload.subarray(0, 100) });
    const reading = readEnvelope(cut);
    expect(reading.envelope?.signature).to.deep.equal(whole.signature);
    expect(reading.payload).to.be.undefined;
    expect(reading.faults.map(({ part }) => part)).to.deep.equal(['payload']);
  });

  it('says that an empty payload has no header', () => {
    expect(readEnvelope(new Uint8Array(0)).faults.map(({ part }) => part)).to.deep.equal(['header']);
  });
});

describe('readBlock', () => {
  it('refuses a block without header or data', () => {
    expect(() => readBlock(new Uint8Array(0)))
      .to.throw(LedgerError)
      .with.property('code', 'MALFORMED_BLOCK');
  });
});

describe('decodeBlockRecord', () => {
  const block = buildBlock(300, new Uint8Array(32), [utf8('one'), new Uint8Array(200)]);
  const record = encodeBlockRecord(block);

  it('reads back what was written', () => {
    expect(decodeBlockRecord(record)).to.deep.equal(block);
  });

  it('refuses a record that was cut, or goes on', () => {
    for (const broken of [
      record.subarray(0, -1),
      Uint8Array.of(...record, 0),
      new Uint8Array(20).fill(0xff),
    ]) {
      expect(() => decodeBlockRecord(broken))
        .to.throw(LedgerError)
        .with.property('code', 'MALFORMED_BLOCK');
    }
  });
});

describe('readFrame', () => {
  const frame = writeFrame(new Uint8Array(300));

  it('reads back what was written, after other bytes', () => {
    const read = readFrame(Uint8Array.of(9, ...frame, 9), 1);
    expect(read?.content).to.deep.equal(new Uint8Array(300));
    expect(read?.next).to.equal(1 + frame.length);
  });

  it('reads nothing where the bytes end before the frame, wherever they were cut', () => {
    for (let cut = 0; cut < frame.length; cut++) expect(readFrame(frame.subarray(0, cut), 0)).to.be.undefined;
  });

  it('refuses a length beyond all numbers', () => {
    expect(() => readFrame(new Uint8Array(20).fill(0xff), 0)).to.throw(LedgerError, 'no length');
  });
});
