import { expect } from 'chai';
import fc from 'fast-check';
import { range } from '../at.js';
import { Field } from './field.js';
import { VECTOR_BYTES } from './kernel.js';
import { fromLimbs, LIMBS, N, P, R, toLimbs } from './limbs.js';
import { Vectors } from './vectors.js';

const vectors = new Vectors(100 * VECTOR_BYTES);
const fields = [
  { name: 'p', modulus: P, field: Field.ofCoordinates(vectors) },
  { name: 'n', modulus: N, field: Field.ofScalars(vectors) },
];
const [a, b, out, scratch] = [0, 1, 2, 3].map(() => vectors.takeVectors(4)) as [
  number,
  number,
  number,
  number,
];

/** Numbers as they come out of a subtraction: below 2^256 and a little, and where carries are likely to go wrong. */
const numbers = (modulus: bigint): fc.Arbitrary<bigint> => {
  const near = [0n, 1n, modulus, 2n * modulus - 2n ** 30n, 2n ** 256n - 1n, R % modulus];
  const powers = range(257).map((i) => 2n ** BigInt(i));
  return fc.oneof(
    fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
    fc.constantFrom(...near, ...powers, ...powers.map((power) => power - 1n)),
    fc.constantFrom(modulus - 1n, modulus - 2n, modulus + 1n, modulus >> 1n),
  );
};
const several = (modulus: bigint): fc.Arbitrary<bigint[]> =>
  fc.array(numbers(modulus), { minLength: 16, maxLength: 16 });

const write = (address: number, values: readonly bigint[]): void => {
  for (const [i, value] of values.entries()) vectors.write(address, i, toLimbs(value));
};
const read = (address: number): bigint[] => range(16).map((i) => fromLimbs(vectors.read(address, i)));
const equalBy = (modulus: bigint, found: readonly bigint[], expected: readonly bigint[]): void => {
  const reduced = (value: bigint): bigint => ((value % modulus) + modulus) % modulus;
  expect(found.map(reduced)).to.deep.equal(expected.map(reduced));
};

for (const { name, modulus, field } of fields) {
  describe(`the field of ${name} in vectors`, () => {
    it('multiplies as bigints do, and stays in its bounds', () => {
      fc.assert(
        fc.property(several(modulus), several(modulus), (as, bs) => {
          write(a, as);
          write(b, bs);
          field.multiply(out, a, b, 4);
          const products = read(out);
          equalBy(
            modulus,
            products.map((value) => value * R),
            as.map((value, i) => value * (bs[i] ?? 0n)),
          );
          for (const product of products) expect(product < modulus + modulus / 7n).to.equal(true);
          field.square(out, a, 4);
          equalBy(
            modulus,
            read(out).map((value) => value * R),
            as.map((value) => value * value),
          );
        }),
      );
    });

    it('leads out of its form to the smallest number, or the modulus for 0', () => {
      fc.assert(
        fc.property(several(modulus), (as) => {
          write(a, as);
          field.plain(out, a, 4);
          for (const [i, value] of read(out).entries()) {
            equalBy(modulus, [value * R], [as[i] ?? 0n]);
            expect(value <= modulus).to.equal(true);
          }
        }),
      );
    });

    it('inverts many at once', () => {
      fc.assert(
        fc.property(several(modulus), fc.integer({ min: 1, max: 4 }), (some, count) => {
          const as = some.map((value) => (value % modulus === 0n ? 1n : value));
          write(a, as);
          expect(field.invertEach(out, a, count, scratch)).to.equal(0);
          // x stands for x/R: times its inverse's that is 1, which stands as R.
          equalBy(
            modulus,
            read(out)
              .slice(0, 4 * count)
              .map((value, i) => value * (as[i] ?? 0n)),
            range(4 * count).map(() => R * R),
          );
        }),
        { numRuns: 20 },
      );
    });

    it('says in which lanes a number has no inverse', () => {
      write(
        a,
        range(16).map((i) => (i === 6 ? 0n : i === 11 ? modulus : BigInt(i + 1))),
      );
      expect(field.invertEach(out, a, 4, scratch)).to.equal(0b1100);
      expect(field.invertEach(out, a, 2, scratch)).to.equal(0b0100);
    });
  });
}

describe('subtraction by p', () => {
  it('subtracts as bigints do, and stays in its bounds', () => {
    fc.assert(
      fc.property(several(P), several(P), (as, bs) => {
        write(a, as);
        write(b, bs);
        vectors.kernel.subtractP(out, a, b, 4, VECTOR_BYTES);
        const differences = read(out);
        equalBy(
          P,
          differences,
          as.map((value, i) => value - (bs[i] ?? 0n)),
        );
        for (const difference of differences) expect(difference < P + P / 100n).to.equal(true);
        for (const word of vectors.words.subarray(out / 4, (out + 4 * VECTOR_BYTES) / 4)) {
          expect(word).to.be.at.most(2 ** 29 + 7);
        }
      }),
    );
  });

  it('takes limbs as large as it leaves them, and so do products', () => {
    const largest = [...range(LIMBS - 1).map(() => 2 ** 29 + 7), 2 ** 25 - 2];
    const value = fromLimbs(largest);
    for (const lane of range(16)) {
      vectors.write(a, lane, largest);
      vectors.write(b, lane, toLimbs(BigInt(lane)));
    }
    vectors.kernel.subtractP(out, b, a, 4, VECTOR_BYTES);
    equalBy(
      P,
      read(out),
      range(16).map((lane) => BigInt(lane) - value),
    );
    for (const { modulus, field } of fields) {
      field.multiply(out, a, a, 4);
      equalBy(
        modulus,
        read(out).map((product) => product * R),
        range(16).map(() => value * value),
      );
    }
    fields[0]?.field.square(out, a, 4);
    equalBy(
      P,
      read(out).map((product) => product * R),
      range(16).map(() => value * value),
    );
  });
});
