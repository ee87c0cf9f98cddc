import { expect } from 'chai';
import fc from 'fast-check';
import type { ContainmentRecord } from './containment-record.js';
import { contentsOf, type Contents } from './contents.js';
import { carrying, pack, put, takeOut, unpack } from './packing.js';
import { PassageError } from '../errors/passage-error.js';

const [pallet, box, ship] = ['sscc:040123450000001112', 'container:CSQU3054383', 'ship:9176187'];
const units = [pallet, box, ship];
const ucrs = ['6KRIMPORTER1-A', '6KRIMPORTER1-B'];
const step = { at: '2026-01-01T00:00:00.000Z', by: 'P' };

type Move = {
  readonly act: 'pack' | 'unpack' | 'put' | 'takeOut';
  readonly unit: string;
  readonly other: string;
  readonly ucr: string;
  readonly packages: number;
};

/** The ledger as the acts leave it, with every version that was written. */
class Play {
  readonly history: ContainmentRecord[] = [];

  get(unit: string, ucr: string): ContainmentRecord | undefined {
    return this.history.findLast((record) => record.unit === unit && record.ucr === ucr);
  }

  /** False where the rule refuses. */
  move({ act, unit, other, ucr, packages }: Move): boolean {
    try {
      const before = this.get(unit, ucr);
      const about = { unit, ucr };
      if (act === 'pack') this.history.push(pack(before, { ...about, packages }, step));
      else if (act === 'unpack') this.history.push(unpack(before, { ...about, packages }, step));
      else if (act === 'takeOut') this.history.push(takeOut(before, { ...about, from: other }, step));
      else {
        this.history.push(put(before, { ...about, into: other }, step));
        const carrier = carrying(this.get(other, ucr), { unit: other, ucr }, step);
        if (carrier !== undefined) this.history.push(carrier);
      }
      return true;
    } catch (error) {
      if (error instanceof PassageError) return false;
      throw error;
    }
  }
}

/** The plainest words: how many packages of each consignment lie directly in each unit, and what carries that share of it. */
class Model {
  readonly packages = new Map<string, number>();
  readonly carrier = new Map<string, string>();
  readonly carries = new Set<string>();

  move({ act, unit, other, ucr, packages }: Move): boolean {
    const key = `${unit} ${ucr}`;
    const there = this.packages.get(key) ?? 0;
    switch (act) {
      case 'pack':
        this.packages.set(key, there + packages);
        return true;
      case 'unpack':
        if (packages > there) return false;
        this.packages.set(key, there - packages);
        return true;
      case 'put':
        if (units.indexOf(other) <= units.indexOf(unit)) return false;
        if ((there === 0 && !this.carries.has(key)) || this.carrier.has(key)) return false;
        this.carrier.set(key, other);
        this.carries.add(`${other} ${ucr}`);
        return true;
      case 'takeOut':
        return this.carrier.get(key) === other && this.carrier.delete(key);
    }
  }

  /** Packages of a consignment in a unit and in everything that it carries. */
  total(unit: string, ucr: string): number {
    const inner = units.filter((each) => this.carrier.get(`${each} ${ucr}`) === unit);
    return (
      (this.packages.get(`${unit} ${ucr}`) ?? 0) + inner.reduce((sum, each) => sum + this.total(each, ucr), 0)
    );
  }
}

function totalIn({ goods, units: inner }: Contents, ucr: string): number {
  const here = goods.find((each) => each.ucr === ucr)?.packages ?? 0;
  return here + inner.reduce((sum, contents) => sum + totalIn(contents, ucr), 0);
}

const move: fc.Arbitrary<Move> = fc.record({
  act: fc.constantFrom('pack' as const, 'unpack' as const, 'put' as const, 'takeOut' as const),
  unit: fc.constantFrom(...units),
  other: fc.constantFrom(...units),
  ucr: fc.constantFrom(...ucrs),
  packages: fc.integer({ min: 1, max: 5 }),
});

describe('contentsOf', () => {
  it('shows what lies in a unit, and what lies in the units that it carries', () => {
    const [ucr = ''] = ucrs;
    const play = new Play();
    const shared = { ucr, packages: 4, other: '' };
    play.move({ ...shared, act: 'pack', unit: pallet });
    play.move({ ...shared, act: 'put', unit: pallet, other: box });
    play.move({ ...shared, act: 'pack', unit: box, packages: 3 });
    const before = [...play.history];
    play.move({ ...shared, act: 'takeOut', unit: pallet, other: box });
    const full = { unit: box, goods: [{ ucr, packages: 3 }] };
    const inner = { unit: pallet, goods: [{ ucr, packages: 4 }], units: [] };
    expect(contentsOf(box, before)).to.deep.equal({ ...full, units: [inner] });
    expect(contentsOf(box, play.history)).to.deep.equal({ ...full, units: [] });
    expect(contentsOf(ship, play.history)).to.deep.equal({ unit: ship, goods: [], units: [] });
  });

  it('follows the model through any sequence of acts, and loses no package', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
        const [play, model] = [new Play(), new Model()];
        for (const each of moves) {
          const before = play.history.length;
          const taken = model.move(each);
          expect(play.move(each), JSON.stringify(each)).to.equal(taken);
          if (!taken) expect(play.history).to.have.length(before);
          for (const unit of units) {
            const contents = contentsOf(unit, play.history);
            for (const ucr of ucrs) expect(totalIn(contents, ucr)).to.equal(model.total(unit, ucr));
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
