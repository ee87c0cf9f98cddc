import { p256 } from '@noble/curves/nist.js';
import { expect } from 'chai';
import fc from 'fast-check';
import { range } from '../at.js';
import { N, toLimbs } from '../field/limbs.js';
import { ChunkChecker } from './chunk-checker.js';
import type { Limbs } from '../field/limbs.js';

const { Point } = p256;
const { Fn } = Point;
type CurvePoint = InstanceType<typeof Point>;

/** A signature that is good for a hash by a key. All of it is made from what the equation leaves free. */
interface Signature {
  readonly key: CurvePoint;
  readonly hash: bigint;
  readonly r: bigint;
  readonly s: bigint;
}

const TABLES = 8;
const checker = new ChunkChecker(TABLES);
const tables = range(TABLES).map(() => checker.takeTable());

/** What the checker says of up to `SIZE` signatures by up to `TABLES` keys. */
function areGood(signatures: readonly Signature[]): boolean[] {
  const keys = [...new Set(signatures.map(({ key }) => key))];
  for (const [i, key] of keys.entries()) checker.buildTable(tables[i] ?? 0, key.toAffine());
  const limbs = (value: bigint): Limbs => Uint32Array.from(toLimbs(value));
  for (const { key, hash, r, s } of signatures)
    checker.add(tables[keys.indexOf(key)] ?? 0, { hash: limbs(hash), r: limbs(r), s: limbs(s) });
  return checker.areGood();
}

function isGoodForNoble({ key, hash, r, s }: Signature): boolean {
  const bytes = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
  const signature = Buffer.concat([bytes(r), bytes(s)]);
  return p256.verify(signature, bytes(hash), key.toBytes(), { prehash: false, lowS: false });
}

const modN = (value: bigint): bigint => Fn.create(value);

/** By any key: R = u1·G + u2·Q, r is its x, and s and the hash follow. */
function signed(key: CurvePoint, u1: bigint, u2: bigint): Signature {
  const r = modN(Point.BASE.multiplyUnsafe(u1).add(key.multiplyUnsafe(u2)).toAffine().x);
  const s = modN(r * Fn.inv(u2));
  return { key, hash: modN(u1 * s), r, s };
}

const keyOf = (secret: bigint): CurvePoint => Point.BASE.multiply(secret);

/** Numbers of 1 to n - 1 where digits and carries are likely to go wrong. */
const scalars = fc.oneof(
  fc.bigInt({ min: 1n, max: N - 1n }),
  fc.constantFrom(
    ...[1n, 2n, 3n, N - 1n, N - 2n, N >> 1n, (N >> 1n) + 1n, 2n ** 128n - 1n],
    ...range(256).map((i) => 2n ** BigInt(i)),
    ...range(254).map((i) => 2n ** BigInt(i + 1) - 1n),
  ),
);

describe('a chunk of signatures', function () {
  this.timeout(30_000);

  it('is good where each is, by keys and with numbers near the edges', () => {
    const secrets = [1n, 2n, 3n, N - 1n, N - 2n, 2n ** 128n, 0xdeadbeefcafen];
    const keys = secrets.map(keyOf);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...keys), scalars, scalars), { minLength: 1, maxLength: 40 }),
        (chosen) => {
          const signatures = chosen
            .filter(([key, u1, u2]) => !Point.BASE.multiplyUnsafe(u1).add(key.multiplyUnsafe(u2)).is0())
            .map(([key, u1, u2]) => signed(key, u1, u2));
          if (signatures.length === 0) return;
          for (const [i, isGood] of areGood(signatures).entries()) {
            const signature = signatures[i];
            if (signature === undefined) continue;
            // Keys so near to G may bring equal points together, of which nothing is said.
            if (isGood) expect(isGoodForNoble(signature)).to.equal(true);
          }
        },
      ),
      { numRuns: 5 },
    );
  });

  it('says yes to every good one by keys that have nothing to do with G', () => {
    const keys = range(TABLES).map((i) => keyOf(0x9e3779b97f4a7c15n ** BigInt(i + 3) % N));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...keys), scalars, scalars), { minLength: 1, maxLength: 40 }),
        (chosen) => {
          const signatures = chosen.map(([key, u1, u2]) => signed(key, u1, u2));
          expect(areGood(signatures)).to.deep.equal(signatures.map(() => true));
          for (const signature of signatures) expect(isGoodForNoble(signature)).to.equal(true);
        },
      ),
      { numRuns: 5 },
    );
  });

  it('is not good where anything of it is changed', () => {
    const keys = range(4).map((i) => keyOf(0xabcdefn ** BigInt(i + 5) % N));
    const changes: readonly ((good: Signature) => Signature)[] = [
      (good) => ({ ...good, hash: modN(good.hash + 1n) }),
      (good) => ({ ...good, hash: good.hash ^ (2n ** 200n) }),
      (good) => ({ ...good, r: modN(good.r + 1n) }),
      (good) => ({ ...good, r: modN(-good.r) }),
      (good) => ({ ...good, r: good.s, s: good.r }),
      (good) => ({ ...good, s: modN(good.s - 1n) }),
      (good) => ({ ...good, key: keys.find((key) => key !== good.key) ?? good.key }),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...keys), scalars, scalars, (key, u1, u2) => {
        const good = signed(key, u1, u2);
        const all = [good, ...changes.map((change) => change(good)), { ...good, s: modN(-good.s) }];
        expect(areGood(all)).to.deep.equal(all.map(isGoodForNoble));
        expect(areGood(all)[0]).to.equal(true);
        expect(areGood(all).at(-1), 'high S is for others to refuse').to.equal(true);
      }),
      { numRuns: 15 },
    );
  });

  it('takes chunks of every size up to its largest', () => {
    const key = keyOf(0x1234567890abcdefn);
    const all = range(ChunkChecker.SIZE).map((i) =>
      signed(key, BigInt(i + 1) ** 30n % N, BigInt(i + 7) ** 31n % N),
    );
    for (const size of [1, 2, 3, 4, 5, 7, 8, 63, 64, 65, 255, 256]) {
      const some = all
        .slice(0, size)
        .map((good, i) => (i % 5 === 3 ? { ...good, hash: good.hash ^ 1n } : good));
      expect(areGood(some)).to.deep.equal(some.map((_, i) => i % 5 !== 3));
    }
  });

  it('says nothing of a lane where equal points meet, and of a hash that is 0', () => {
    // Of the 58 points the first and the thirtieth are added: a digit of u1, and one of u2 that counts 2^24.
    const key = Point.BASE.multiply(Fn.inv(2n ** 24n));
    const digit = (bits: number, value: bigint, from: number): bigint =>
      (((7n ** 90n % N) >> 8n) & ~((2n ** BigInt(bits) - 1n) << BigInt(from + 1))) |
      (value << BigInt(from + 1)) |
      1n;
    const exceptional = signed(key, digit(10, 512n, 0), digit(8, 128n, 24));
    const usual = range(7).map((i) => signed(key, BigInt(i + 3) ** 40n % N, BigInt(i + 5) ** 41n % N));
    expect(isGoodForNoble(exceptional)).to.equal(true);
    expect(areGood([exceptional, ...usual])).to.deep.equal([
      false,
      true,
      true,
      true,
      false,
      true,
      true,
      true,
    ]);

    const point = key.multiply(77n);
    const r = modN(point.toAffine().x);
    const withoutHash = { key, hash: 0n, r, s: modN(r * Fn.inv(77n)) };
    expect(isGoodForNoble(withoutHash)).to.equal(true);
    expect(areGood([withoutHash, ...usual])).to.deep.equal([false, ...usual.map(() => true)]);
  });
});
