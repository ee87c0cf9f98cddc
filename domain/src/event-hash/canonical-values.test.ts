import { expect } from 'chai';
import fc from 'fast-check';
import { byCodePoint, canonicalDecimal, canonicalTime, decimalOf } from './canonical-values.js';

describe('canonicalDecimal', () => {
  for (const [text, decimal] of [
    ['0', '0'],
    ['-0.0', '0'],
    ['+7', '7'],
    ['007.500', '7.5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['-0.10', '-0.1'],
    ['12345678901234567890.10', '12345678901234567890.1'],
    ['0.1000000000000000055511151231257827', '0.1000000000000000055511151231257827'],
    ['1e3', undefined],
    ['', undefined],
    ['.', undefined],
    ['+', undefined],
    ['1.2.3', undefined],
    ['0x10', undefined],
    ['١', undefined],
  ] as const) {
    it(`writes ${JSON.stringify(text)} as ${decimal ?? 'no decimal'}`, () => {
      expect(canonicalDecimal(text)).to.equal(decimal);
    });
  }

  it('takes time that grows with the length alone', () => {
    const long = '0'.repeat(100_000);
    expect(canonicalDecimal(`${long}.${long}1${long}x`)).to.equal(undefined);
    expect(canonicalDecimal(`${long}.${long}1${long}`)).to.have.length(100_003);
  });
});

describe('decimalOf', () => {
  it('writes every number without exponent and without rounding', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        const text = decimalOf(number);
        expect(text).to.match(/^(?:0|-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?)$/);
        expect(Number(text)).to.equal(number + 0);
      }),
    );
  });

  it('moves the point where the exponent says', () => {
    const numbers = [0, 26, 12.1, -477979.89, 1e21, 1.5e-7, 123e-10, -2.5e22];
    expect(numbers.map(decimalOf)).to.deep.equal([
      '0',
      '26',
      '12.1',
      '-477979.89',
      `1${'0'.repeat(21)}`,
      '0.00000015',
      '0.0000000123',
      `-25${'0'.repeat(21)}`,
    ]);
  });
});

describe('canonicalTime', () => {
  for (const [text, time] of [
    ['2020-03-04T11:00:30+01:00', '2020-03-04T10:00:30.000Z'],
    ['2023-02-02T11:04:03.1415Z', '2023-02-02T11:04:03.142Z'],
    ['2023-02-02T11:04:03.1414999Z', '2023-02-02T11:04:03.141Z'],
    ['2023-12-31T23:59:59.9995-00:00', '2024-01-01T00:00:00.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['2021-02-29T00:00:00Z', undefined],
    ['2021-02-28T00:00:00', undefined],
    ['2021-02-28', undefined],
  ] as const) {
    it(`writes ${text} as ${time ?? 'no time'}`, () => {
      expect(canonicalTime(text)).to.equal(time);
    });
  }
});

describe('byCodePoint', () => {
  it('agrees with the order of the UTF-8 bytes', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'ab', '\uD7FF', '\uE000', '\uFF21', '\u{10000}', '\u{1F600}'),
    });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(byCodePoint(a, b))).to.equal(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });
});
