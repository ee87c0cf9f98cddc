import { expect } from 'chai';
import { PassageError } from '../errors/passage-error.js';
import type { JsonValue } from '../json/value.js';
import { list, object } from './composites.js';
import { constant, flag, integer, line, oneOf, pattern } from './scalars.js';
import { readShape, type Shape } from './shape.js';

type Order = {
  readonly name: string;
  readonly lines: readonly { readonly count: number }[];
  readonly mode?: 'a' | 'b';
};

const order = object<Order>(
  { name: line(5), lines: list(object({ count: integer(1, 9) }, {}), { min: 1, max: 2 }) },
  { mode: oneOf(['a', 'b']) },
);

function violationsOf<T>(shape: Shape<T>, value: JsonValue): unknown {
  try {
    readShape('The order', shape, value);
  } catch (error) {
    if (error instanceof PassageError) return error.details['violations'];
    throw error;
  }
  return [];
}

describe('readShape', () => {
  it('gives the value where every rule holds', () => {
    const value = { name: 'x', lines: [{ count: 1 }], mode: 'a' };
    expect(readShape('The order', order, value)).to.deep.equal(value);
  });

  it('leaves an optional member out where it is absent', () => {
    expect(readShape('The order', order, { name: 'x', lines: [{ count: 9 }] })).to.not.have.property('mode');
  });

  it('lists everything that is wrong, each with its pointer', () => {
    const value = { name: '', lines: [{ count: 0 }, { count: 1, 'a/b~c': 1 }], mode: 'c', extra: null };
    expect(violationsOf(order, value)).to.deep.equal([
      { pointer: '/extra', code: 'UNKNOWN_MEMBER', message: 'is not known here' },
      {
        pointer: '/name',
        code: 'VALUE',
        message: 'must be a text of 1 to 5 characters without control characters or outer blanks',
      },
      { pointer: '/lines/0/count', code: 'VALUE', message: 'must be an integer from 1 to 9' },
      { pointer: '/lines/1/a~1b~0c', code: 'UNKNOWN_MEMBER', message: 'is not known here' },
      { pointer: '/mode', code: 'VALUE', message: 'must be one of: a, b' },
    ]);
  });

  it('names a missing member', () => {
    expect(violationsOf(order, { name: 'x' })).to.deep.equal([
      { pointer: '/lines', code: 'MISSING', message: 'is missing' },
    ]);
  });

  it('refuses another type where an object or a list belongs', () => {
    for (const value of [null, 1, 'x', []]) expect(violationsOf(order, value)).to.have.length(1);
    expect(violationsOf(order, { name: 'x', lines: {} })).to.have.length(1);
  });

  it('does not mistake an inherited member for one that is there', () => {
    const inherits = object<{ readonly toString: string }>({ toString: line(5) }, {});
    expect(violationsOf(inherits, {})).to.deep.equal([
      { pointer: '/toString', code: 'MISSING', message: 'is missing' },
    ]);
  });
});

describe('scalars', () => {
  it('take what is so, to the very ends', () => {
    for (const [shape, taken, refused] of [
      [constant(1), [1], [2, '1', true, null]],
      [flag, [true], [false, 'true', 1, null]],
      [oneOf(['a', 'b']), ['a', 'b'], ['c', '', 1]],
      [integer(1, 9), [1, 9], [0, 10, 1.5, '1', true, null, 2 ** 53]],
      [integer(0), [0, Number.MAX_SAFE_INTEGER], [-1]],
      [line(5), ['x', 'abcde', 'a b', 'Ä'], ['abcdef', 'a\u0000b', 'a\u0085b', 'x ', 1, null]],
      [pattern(/^a+$/, 'some a'), ['a', 'aaa'], ['ab', '', 1]],
    ] as readonly [Shape<unknown>, readonly JsonValue[], readonly JsonValue[]][]) {
      for (const value of taken) expect(violationsOf(shape, value), JSON.stringify(value)).to.deep.equal([]);
      for (const value of refused)
        expect(violationsOf(shape, value), JSON.stringify(value)).to.have.length(1);
    }
  });
});

describe('line', () => {
  for (const [what, text] of [
    ['an empty text', ''],
    ['a blank in front', ' x'],
    ['a line break', 'a\nb'],
    ['a text that is too long', 'abcdef'],
  ] as const) {
    it(`refuses ${what}`, () => {
      expect(violationsOf(line(5), text)).to.have.length(1);
    });
  }
});

describe('list', () => {
  it('has as many entries as it may', () => {
    const few = list(integer(0), { min: 1, max: 2 });
    for (const value of [[1], [1, 2], [1, 1]]) expect(violationsOf(few, value)).to.deep.equal([]);
    for (const value of [[], [1, 2, 3]]) expect(violationsOf(few, value)).to.have.length(1);
  });

  it('refuses an entry twice where all must differ', () => {
    expect(violationsOf(list(integer(0), { min: 0, max: 3, distinct: true }), [1, 2, 1])).to.have.length(1);
    const pair = object<{ readonly a: number; readonly b: number }>({ a: integer(0), b: integer(0) }, {});
    const pairs = list(pair, { min: 0, max: 3, distinct: true });
    const [one, other] = [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ];
    expect(violationsOf(pairs, [one, other])).to.have.length(1);
    expect(violationsOf(pairs, [one, { a: 2, b: 1 }])).to.deep.equal([]);
  });
});
