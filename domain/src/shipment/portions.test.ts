import { expect } from 'chai';
import fc from 'fast-check';
import { PassageError } from '../errors/passage-error.js';
import type { JsonObject } from '../json/value.js';
import type { GoodsLine } from './goods-line.js';
import { mergeGoods } from './merge-goods.js';
import { splitGoods, type Portion } from './portions.js';

const bare: GoodsLine = { hs: '847130', hsEdition: '2022', marks: 'ACME' };
const whole: GoodsLine = {
  hs: '080610',
  hsEdition: '2022',
  quantity: 1000,
  unit: { uom: 'KGM', decimals: 0 },
  packages: { count: 40, type: 'CT' },
  grossMass: { value: 1100, unit: 'KGM' },
};

function refusal(goods: readonly GoodsLine[], parts: readonly (readonly Portion[])[]): PassageError {
  try {
    splitGoods(goods, parts);
  } catch (error) {
    if (error instanceof PassageError) return error;
  }
  throw new Error('the split was not refused');
}

/** The code, and what the details say of it. */
function told(parts: readonly (readonly Portion[])[], goods: readonly GoodsLine[] = [whole]): JsonObject {
  const { code, details } = refusal(goods, parts);
  return { code, ...details };
}

describe('splitGoods', () => {
  it('gives each part its lines, with what they say besides their numbers', () => {
    const parts = splitGoods(
      [whole, bare],
      [
        [{ line: 0, quantity: 600, packages: 24, grossMass: 660 }, { line: 1 }],
        [{ line: 0, quantity: 400, packages: 16, grossMass: 440 }],
      ],
    );
    const { unit } = whole;
    const part = (quantity: number, count: number, value: number): GoodsLine => ({
      hs: '080610',
      hsEdition: '2022',
      quantity,
      ...(unit && { unit }),
      packages: { count, type: 'CT' },
      grossMass: { value, unit: 'KGM' },
    });
    expect(parts).to.deep.equal([[part(600, 24, 660), bare], [part(400, 16, 440)]]);
  });

  it('gives a line whole where no number is given', () => {
    expect(splitGoods([whole, bare], [[{ line: 1 }], [{ line: 0 }]])).to.deep.equal([[bare], [whole]]);
  });

  it('refuses more than there is, and says of what', () => {
    const half = { line: 0, quantity: 500, packages: 20, grossMass: 550 };
    expect(told([[half], [{ ...half, quantity: 501 }]])).to.deep.equal({
      code: 'QUANTITY_EXCEEDED',
      line: 0,
      member: 'quantity',
      has: 1000,
      pointer: '/into/1/lines/0/quantity',
    });
    expect(told([[half], [{ ...half, packages: 21 }]])).to.include({ member: 'packages' });
    expect(told([[half], [{ ...half, grossMass: 551 }]])).to.include({ member: 'grossMass' });
    const most = Number.MAX_SAFE_INTEGER;
    expect(told([[{ ...half, quantity: most }], [{ ...half, quantity: most }]])).to.include({
      code: 'QUANTITY_EXCEEDED',
    });
  });

  it('refuses to leave anything over', () => {
    const half = { line: 0, quantity: 500, packages: 20, grossMass: 550 };
    expect(told([[half], [{ ...half, packages: 19 }]])).to.deep.equal({
      code: 'QUANTITY_LEFT_OVER',
      line: 0,
      member: 'packages',
      has: 40,
      left: 1,
    });
    expect(told([[half]])).to.include({ code: 'QUANTITY_LEFT_OVER', left: 500 });
    expect(told([[{ line: 0 }]], [whole, bare])).to.deep.equal({ code: 'QUANTITY_LEFT_OVER', line: 1 });
  });

  it('counts in every part what the line counts, and nothing else', () => {
    const half = { line: 0, quantity: 500, packages: 20, grossMass: 550 };
    const { line, quantity, packages } = half;
    expect(told([[half], [{ line, quantity, packages }]])).to.deep.equal({
      code: 'INVALID_FIELD',
      line: 0,
      pointer: '/into/1/lines/0/grossMass',
    });
    expect(told([[half], [{ line }]])).to.include({ pointer: '/into/1/lines/0/quantity' });
    expect(told([[{ line, packages: 1 }], [{ line, packages: 1 }]], [bare])).to.include({
      pointer: '/into/0/lines/0/packages',
    });
    expect(told([[{ line }], [{ line }]], [bare])).to.deep.equal({
      code: 'INVALID_FIELD',
      line: 0,
      pointer: '/into/0/lines/0',
    });
  });

  it('refuses a line that is not there, and one that is named twice in a part', () => {
    expect(told([[{ line: 0 }, { line: 1 }]])).to.include({ pointer: '/into/0/lines/1/line' });
    expect(told([[{ line: 0 }, { line: 0 }]])).to.include({ code: 'INVALID_FIELD' });
  });
});

describe('mergeGoods', () => {
  it('adds up lines that are alike, and leaves others as they are', () => {
    const other = { ...whole, marks: 'OTHER' };
    const grams = { ...whole, grossMass: { value: 1, unit: 'GRM' } };
    expect(
      mergeGoods([
        [whole, bare],
        [other, whole],
        [grams, bare],
      ]),
    ).to.deep.equal([
      {
        ...whole,
        quantity: 2000,
        packages: { count: 80, type: 'CT' },
        grossMass: { value: 2200, unit: 'KGM' },
      },
      bare,
      other,
      grams,
    ]);
  });

  it('refuses a line that counts too much, and too many lines', () => {
    const most = { ...whole, quantity: Number.MAX_SAFE_INTEGER };
    expect(() => mergeGoods([[most], [whole]]))
      .to.throw(PassageError)
      .with.property('code', 'TOO_LARGE');
    const many = Array.from({ length: 201 }, (_, index) => ({ ...bare, marks: `M${String(index)}` }));
    expect(() => mergeGoods([many.slice(0, 101), many.slice(101)]))
      .to.throw(PassageError)
      .with.property('code', 'TOO_LARGE');
  });

  it('gives back what was split', () => {
    const cut = fc.tuple(
      fc.integer({ min: 1, max: 999 }),
      fc.integer({ min: 1, max: 39 }),
      fc.integer({ min: 0, max: 1100 }),
    );
    fc.assert(
      fc.property(cut, fc.boolean(), ([quantity, packages, grossMass], first) => {
        const one = { line: 0, quantity, packages, grossMass };
        const rest = {
          line: 0,
          quantity: 1000 - quantity,
          packages: 40 - packages,
          grossMass: 1100 - grossMass,
        };
        const parts = first ? [[one, { line: 1 }], [rest]] : [[one], [rest, { line: 1 }]];
        expect(mergeGoods(splitGoods([whole, bare], parts))).to.have.deep.members([whole, bare]);
      }),
    );
  });
});
