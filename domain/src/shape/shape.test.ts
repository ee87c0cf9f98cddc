import { expect } from 'chai';
import { PassageError } from '../errors/passage-error.js';
import type { JsonValue } from '../json/value.js';
import { list, object } from './composites.js';
import { integer, line, oneOf } from './scalars.js';
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
  it('refuses an entry twice where all must differ', () => {
    expect(violationsOf(list(integer(0), { min: 0, max: 3, distinct: true }), [1, 2, 1])).to.have.length(1);
  });
});
