import { expect } from 'chai';
import { readEndorserTransaction, readEnvelope } from '../block/index.js';
import { encode, toHex, utf8 } from '../codec/index.js';
import { HashedRWSet, HeaderType, KVRWSet, TxReadWriteSet } from '../proto/index.js';
import { recordedChain } from '../testing/recorded-chain.js';
import { RangeRecorder } from './range-recorder.js';
import { readReadWriteSet } from './read-rwset.js';
import { RwsetBuilder } from './rwset-builder.js';
import type { RawBlock } from '../block/index.js';
import type { ReadWriteSet } from './types.js';

const version = { block: 3, tx: 1 };

describe('RwsetBuilder', () => {
  it('gives the bytes that the recorded peers gave, for every simulation without private data', function () {
    const recorded = recordedChain(this).blocks.flatMap(simulations);
    const rebuilt = recorded.filter(
      ({ sets }) => sets.every(({ collections }) => collections.length === 0) && namesOnce(sets),
    );
    for (const { bytes, sets } of rebuilt) expect(rebuild(sets)).to.deep.equal(Buffer.from(bytes));
    expect(rebuilt.length).to.be.greaterThan(200);
  });

  it('sorts namespaces and keys by bytes, and keeps the last of two writes', () => {
    const builder = new RwsetBuilder();
    builder.addWrite('b', '\u{1F600}', utf8('1'));
    builder.addWrite('b', '\uFFFD', utf8('2'));
    builder.addWrite('a', 'k', utf8('old'));
    builder.addWrite('a', 'k', utf8('new'));
    const sets = readReadWriteSet(builder.build().publicBytes);
    expect(sets.map(({ namespace }) => namespace)).to.deep.equal(['a', 'b']);
    expect(sets[0]?.writes).to.deep.equal([{ key: 'k', value: utf8('new') }]);
    expect(sets[1]?.writes.map(({ key }) => key)).to.deep.equal(['\uFFFD', '\u{1F600}']);
  });

  it('puts hashes into the public side and clear values into the private side', () => {
    const builder = new RwsetBuilder();
    builder.addPrivateRead('cc', 'pair', 'k', version);
    builder.addPrivateWrite('cc', 'pair', 'k', utf8('secret'));
    builder.addPurge('cc', 'pair', 'gone');
    const { publicBytes, privateBytes } = builder.build();
    const [collection] = readReadWriteSet(publicBytes)[0]?.collections ?? [];
    expect(toHex(publicBytes)).not.to.include(toHex(utf8('secret')));
    expect(toHex(privateBytes ?? new Uint8Array())).to.include(toHex(utf8('secret')));
    expect(collection?.namespace).to.equal('cc$$hpair');
    expect(collection?.reads[0]?.version).to.deep.equal(version);
    expect(collection?.writes.filter(({ purge }) => purge).length).to.equal(1);
    expect(collection?.privateHash.length).to.equal(32);
  });

  it('has no private side where a collection was only read', () => {
    const builder = new RwsetBuilder();
    builder.addPrivateRead('cc', 'pair', 'k', undefined);
    expect(builder.build().privateBytes).to.equal(undefined);
  });
});

describe('RangeRecorder', () => {
  it('ends an unexhausted range at the last key handed over', () => {
    const range = new RangeRecorder('a', 'z');
    range.record('b', version);
    expect(range.finish()).to.deep.include({ start: 'a', end: 'b', exhausted: false });
    range.exhaust();
    expect(range.finish()).to.deep.include({ end: 'z', exhausted: true });
  });

  it('records 50 results as they are and 51 as a summary', () => {
    const recordOf = (count: number): ReturnType<RangeRecorder['finish']> => {
      const range = new RangeRecorder('', '');
      for (let n = 0; n < count; n++) range.record(`k${n}`, version);
      return range.finish();
    };
    expect(recordOf(50).reads.length).to.equal(50);
    expect(recordOf(51)).to.deep.include({ reads: [] });
    expect(recordOf(51).summary?.hashes.length).to.equal(1);
  });
});

describe('readReadWriteSet', () => {
  it('takes an empty value, and the hash of one, for a deletion', () => {
    const emptyHash = Buffer.from('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'hex');
    const bytes = encode(TxReadWriteSet, {
      nsRwset: [
        {
          namespace: 'cc',
          rwset: encode(KVRWSet, { writes: [{ key: 'k' }] }),
          collectionHashedRwset: [
            {
              collectionName: 'c',
              hashedRwset: encode(HashedRWSet, {
                hashedWrites: [{ keyHash: Uint8Array.of(7), valueHash: emptyHash }],
              }),
            },
          ],
        },
      ],
    });
    const [set] = readReadWriteSet(bytes);
    expect(set?.writes).to.deep.equal([{ key: 'k' }]);
    expect(set?.collections[0]?.writes).to.deep.equal([{ key: '07' }]);
  });
});

/** The results of every endorser transaction whose bytes can be read. */
function simulations(block: RawBlock): { bytes: Uint8Array; sets: ReadWriteSet }[] {
  return block.envelopes.flatMap((envelope) => {
    const { channelHeader, payload } = readEnvelope(envelope);
    if (channelHeader?.type !== HeaderType.ENDORSER_TRANSACTION || payload === undefined) return [];
    try {
      const bytes = readEndorserTransaction(payload.data).chaincodeAction.results;
      return [{ bytes, sets: readReadWriteSet(bytes) }];
    } catch {
      return []; // one of the recorded chain's malformed envelopes
    }
  });
}

/** One forged transaction of the recorded chain names a namespace twice, which no simulation does. */
function namesOnce(sets: ReadWriteSet): boolean {
  return new Set(sets.map(({ namespace }) => namespace)).size === sets.length;
}

function rebuild(sets: ReadWriteSet): Buffer {
  const builder = new RwsetBuilder();
  for (const { namespace, reads, ranges, writes, metadataWrites } of sets) {
    for (const read of reads) builder.addRead(namespace, read.key, read.version);
    for (const range of ranges) builder.addRange(namespace, range);
    for (const { key, value } of writes) builder.addWrite(namespace, key, value);
    for (const { key, entries } of metadataWrites) {
      builder.addMetadataWrite(namespace, key, new Map(entries.map(({ name, value }) => [name, value])));
    }
  }
  return Buffer.from(builder.build().publicBytes);
}
