import { p256 } from '@noble/curves/nist.js';
import { expect } from 'chai';
import { range } from '../at.js';
import { VECTOR_BYTES } from '../field/kernel.js';
import { fromLimbs, LIMBS, P, R } from '../field/limbs.js';
import { Vectors } from '../field/vectors.js';
import { windowsOf } from './digits.js';
import { PointAdder } from './points.js';
import { entryOf, tableBytes, TableBuilder, tableVectors } from './table.js';

/** 1/R by p. */
const OUT_OF_FORM = p256.Point.Fp.inv(R % P);

describe('a table of multiples', () => {
  for (const bits of [4, 8, 10]) {
    it(`has the right points for windows of ${String(bits)} bits`, function () {
      this.timeout(20_000);
      const windows = windowsOf(bits);
      const count = tableVectors(windows);
      const vectors = new Vectors(
        2 * count * VECTOR_BYTES +
          PointAdder.bytes(count) +
          TableBuilder.bytes([windows]) +
          tableBytes(windows),
      );
      const adder = new PointAdder(vectors, count);
      const points = { x: vectors.takeVectors(count), y: vectors.takeVectors(count) };
      const builder = new TableBuilder(vectors, adder, points, [windows]);
      const table = vectors.take(tableBytes(windows));
      const base = p256.Point.BASE.multiply(0x1234567890abcdef1234567890abcdefn);
      builder.build(table, windows, base.toAffine());
      const coordinate = (at: number): bigint =>
        (fromLimbs(vectors.words.subarray(at / 4, at / 4 + LIMBS)) * OUT_OF_FORM) % P;
      for (const window of range(windows.count)) {
        let expected = base.multiplyUnsafe(2n ** BigInt(bits * window) % p256.Point.Fn.ORDER);
        const twice = expected.double();
        for (const index of range(windows.multiples)) {
          const at = table + entryOf(windows, window, index);
          const found = p256.Point.fromAffine({ x: coordinate(at), y: coordinate(at + 4 * LIMBS) });
          expect(found.equals(expected), `${String(window)}/${String(index)}`).to.equal(true);
          expected = expected.add(twice);
        }
      }
    });
  }
});
