import { expect } from 'chai';
import { PassageError } from '../errors/passage-error.js';
import type { Violation } from '../errors/violations.js';
import type { JsonObject } from '../json/value.js';
import { readShape } from '../shape/shape.js';
import { goodsLines, packagesOf, type GoodsLine } from './goods-line.js';

const bare = { hs: '847130', hsEdition: '2022' };

const whole = {
  ...bare,
  quantity: 12_500,
  unit: { uom: 'KGM', decimals: 3 },
  packages: { count: 40, type: 'CT' },
  marks: 'ACME / BUSAN / 1-40',
  grossMass: { value: 14, unit: 'KGM' },
};

function faults(line: JsonObject): readonly string[] {
  try {
    readShape('The goods', goodsLines, [line]);
    return [];
  } catch (error) {
    if (!(error instanceof PassageError)) throw error;
    const violations = error.details['violations'] as unknown as readonly Violation[];
    return violations.map(({ pointer, code }) => `${pointer} ${code}`);
  }
}

describe('a line of goods', () => {
  it('says what the goods are, and how much as far as it is known', () => {
    for (const line of [bare, whole, { ...bare, marks: 'NO MARKS' }, { ...bare, packages: whole.packages }]) {
      expect(readShape('The goods', goodsLines, [line])).to.deep.equal([line]);
    }
  });

  it('has a quantity and its unit together', () => {
    const { quantity, unit } = whole;
    expect(faults({ ...bare, quantity })).to.deep.equal(['/0/unit MISSING']);
    expect(faults({ ...bare, unit })).to.deep.equal(['/0/quantity MISSING']);
  });

  it('counts in whole numbers from one, in units and packages of the code lists', () => {
    expect(faults({ ...whole, quantity: 12.5 })).to.deep.equal(['/0/quantity VALUE']);
    expect(faults({ ...whole, quantity: 0 })).to.deep.equal(['/0/quantity VALUE']);
    expect(faults({ ...whole, unit: { uom: 'kilogram', decimals: 3 } })).to.deep.equal(['/0/unit/uom VALUE']);
    expect(faults({ ...whole, packages: { count: 0, type: 'CT' } })).to.deep.equal([
      '/0/packages/count VALUE',
    ]);
    expect(faults({ ...whole, packages: { count: 1, type: 'CARTON' } })).to.deep.equal([
      '/0/packages/type VALUE',
    ]);
    expect(faults({ ...whole, packages: { count: 1 } })).to.deep.equal(['/0/packages/type MISSING']);
    expect(faults({ ...whole, grossMass: { value: -1, unit: 'KGM' } })).to.deep.equal([
      '/0/grossMass/value VALUE',
    ]);
  });

  it('refuses marks that are no line of text', () => {
    for (const marks of ['', ' A', 'A\nB', 'x'.repeat(513)])
      expect(faults({ ...bare, marks })).to.have.length(1);
  });
});

describe('the packages of a consignment', () => {
  const line = (count?: number): GoodsLine => ({
    hs: '847130',
    hsEdition: '2022',
    ...(count !== undefined && { packages: { count, type: 'CT' } }),
  });

  it('are counted where every line counts its own', () => {
    expect(packagesOf([line(4), line(5)])).to.equal(9);
    expect(packagesOf([line(4), line()])).to.equal(undefined);
    expect(packagesOf([line(), line(4)])).to.equal(undefined);
  });
});
