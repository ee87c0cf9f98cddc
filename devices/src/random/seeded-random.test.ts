import { expect } from 'chai';
import fc from 'fast-check';
import { SeededRandom } from './seeded-random.js';

describe('SeededRandom', () => {
  it('gives the same bytes for the same seed, however they are asked for', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.nat(70), { maxLength: 8 }), (seed, lengths) => {
        const total = lengths.reduce((sum, length) => sum + length, 0);
        const random = new SeededRandom(seed);
        const pieces = Buffer.concat(lengths.map((length) => random.bytes(length)));
        expect(pieces.equals(new SeededRandom(seed).bytes(total))).to.equal(true);
      }),
    );
  });

  it('gives other bytes for another seed and for another stream, also where the labels join to the same text', () => {
    const draw = (random: SeededRandom): string => random.bytes(16).toString('hex');
    const streams = [
      new SeededRandom('a'),
      new SeededRandom('b'),
      new SeededRandom('a').stream('x'),
      new SeededRandom('a').stream('x').stream('y'),
      new SeededRandom('a').stream('xy'),
      new SeededRandom('ax'),
    ];
    expect(new Set(streams.map(draw)).size).to.equal(streams.length);
  });

  it('is not moved by what is drawn from a stream of it', () => {
    const random = new SeededRandom('a');
    random.stream('x').bytes(100);
    expect(random.bytes(8).equals(new SeededRandom('a').bytes(8))).to.equal(true);
  });

  it('keeps within its bounds and reaches every number', () => {
    const random = new SeededRandom('bounds');
    const drawn = Array.from({ length: 500 }, () => random.between(3, 9));
    expect([...new Set(drawn)].sort()).to.deep.equal([3, 4, 5, 6, 7, 8, 9]);
  });
});
