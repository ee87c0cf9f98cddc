import { expect } from 'chai';
import fc from 'fast-check';
import { PassageError } from '../errors/passage-error.js';
import { canonicalJson } from './canonical.js';
import { readJson } from './read-json.js';
import type { JsonObject } from './value.js';

/** The code and pointer a text is refused with, or undefined where it is read. */
function refusal(input: string | Uint8Array): string | undefined {
  try {
    readJson(input);
    return undefined;
  } catch (error) {
    if (!(error instanceof PassageError)) throw error;
    const { pointer } = error.details;
    return `${error.code} ${typeof pointer === 'string' ? pointer : ''}`;
  }
}

/** JSON values as they are after one trip through JSON.parse, in NFC and without numbers that we refuse. */
const strictValue = fc
  .jsonValue({ maxDepth: 8 })
  .map((value) => JSON.stringify(value).normalize('NFC'))
  .filter((text) => refusal(text) === undefined);

describe('readJson', () => {
  it('reads what JSON.parse reads', () => {
    const text = ' {"a":[1,-2.5,1e3,true,false,null,"x\\n\\u00e9\\ud83d\\ude00"],"":{},"b":[]}\r\n\t';
    expect(readJson(text)).to.deep.equal(JSON.parse(text));
  });

  it('agrees with JSON.parse on every strict text, from bytes as from a string', () => {
    fc.assert(
      fc.property(strictValue, (text) => {
        expect(readJson(text)).to.deep.equal(JSON.parse(text));
        expect(readJson(new TextEncoder().encode(text))).to.deep.equal(JSON.parse(text));
      }),
    );
  });

  it('accepts nothing that JSON.parse refuses', () => {
    const shard = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ':',
      ',',
      '1',
      '-',
      '.',
      'e',
      '0',
      'true',
      'nul',
      '\\u0',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(shard, { maxLength: 12 }), (shards) => {
        const text = shards.join('');
        if (refusal(text) === undefined) JSON.parse(text);
      }),
      { numRuns: 5000 },
    );
  });

  it('never throws anything but a PassageError', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), fc.uint8Array()), (input) => void refusal(input)));
  });

  for (const [title, text, expected] of [
    ['a member that comes twice', '{"a":{"b":1,"c":2,"b":1}}', 'DUPLICATE_MEMBER /a/b'],
    ['the same member, once written with an escape', '{"a":1,"\\u0061":2}', 'DUPLICATE_MEMBER /a'],
    ['an integer beyond 2^53−1', '[9007199254740993]', 'UNSAFE_NUMBER /0'],
    ['2^53, which other readers may have rounded to', '9007199254740992', 'UNSAFE_NUMBER '],
    ['an integer beyond 2^53−1 with an exponent', '1e16', 'UNSAFE_NUMBER '],
    ['a number that overflows', '{"a/b~":1e400}', 'UNSAFE_NUMBER /a~1b~0'],
    ['a number that underflows', '1e-400', 'UNSAFE_NUMBER '],
    ['a number between two of the smallest doubles', '4e-324', 'UNSAFE_NUMBER '],
    ['a number a tenth of the smallest double', '5e-325', 'UNSAFE_NUMBER '],
    ['more digits than a double holds', '0.1000000000000000055511151231257827', 'UNSAFE_NUMBER '],
    ['NaN', 'NaN', 'INVALID_JSON '],
    ['a leading zero', '01', 'INVALID_JSON '],
    ['a bare minus', '-', 'INVALID_JSON '],
    ['a point without digits', '1.', 'INVALID_JSON '],
    ['half a surrogate pair as an escape', '{"a":"\\ud800"}', 'INVALID_JSON /a'],
    ['half a surrogate pair as it is', '"\ud800"', 'INVALID_JSON '],
    ['a byte order mark', '\ufeff{}', 'INVALID_JSON '],
    ['a string that is not in NFC', '{"a":"e\\u0301"}', 'NOT_NFC /a'],
    ['a member name that is not in NFC', '{"e\u0301":1}', 'NOT_NFC '],
    ['a second value', '{} {}', 'INVALID_JSON '],
    ['a trailing comma', '[1,]', 'INVALID_JSON /1'],
    ['a member without a value', '{"a":}', 'INVALID_JSON /a'],
    ['a member name without quotes', '{a:1}', 'INVALID_JSON '],
    ['a control character in a string', '"\n"', 'INVALID_JSON '],
    ['an unknown escape', '"\\x"', 'INVALID_JSON '],
    ['a string that does not end', '"abc', 'INVALID_JSON '],
    ['an object that does not end', '{"a":1', 'INVALID_JSON '],
    ['blanks that JSON does not know', '\u00a01', 'INVALID_JSON '],
    ['nothing', '', 'INVALID_JSON '],
  ] as const) {
    it(`refuses ${title}`, () => expect(refusal(text)).to.equal(expected));
  }

  for (const [title, bytes] of [
    ['text behind a byte order mark', [0xef, 0xbb, 0xbf, 0x7b, 0x7d]],
    ['an overlong form', [0x22, 0xc0, 0xaf, 0x22]],
    ['an encoded surrogate', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['a broken sequence', [0x22, 0xff, 0x22]],
    ['UTF-16', [0x7b, 0x00, 0x7d, 0x00]],
  ] as const) {
    it(`refuses bytes that are ${title}`, () =>
      expect(refusal(Uint8Array.from(bytes))).to.equal('INVALID_JSON '));
  }

  it('reads one number in one way however it is written', () => {
    for (const text of ['1', '1.0', '1e0', '10E-1', '0.1e+1']) expect(readJson(text)).to.equal(1);
    for (const text of ['-0', '0', '-0.0', '0e5', '0e999999'])
      expect(Object.is(readJson(text), 0), text).to.equal(true);
    expect(readJson('5e-324')).to.equal(5e-324);
    expect(readJson('-9007199254740991')).to.equal(Number.MIN_SAFE_INTEGER);
    expect(readJson('26.20')).to.equal(26.2);
  });

  it('keeps the numbers that JSON.stringify writes, except unsafe integers', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        fc.pre(!Number.isInteger(value) || Number.isSafeInteger(value));
        expect(readJson(JSON.stringify(value))).to.equal(value + 0);
      }),
    );
  });

  it('keeps __proto__ and constructor as plain members without effect', () => {
    const value = readJson('{"__proto__":{"admin":true},"constructor":1}') as JsonObject;
    expect(value['admin']).to.equal(undefined);
    expect(Object.keys(value)).to.deep.equal(['__proto__', 'constructor']);
    expect((readJson('{}') as JsonObject)['constructor']).to.equal(undefined);
    expect(refusal('{"__proto__":1,"__proto__":2}')).to.equal('DUPLICATE_MEMBER /__proto__');
  });

  it('refuses what is longer than its limit in bytes, and takes what is as long', () => {
    const code = (input: string | Uint8Array): unknown => {
      try {
        return readJson(input, { maxBytes: 6 });
      } catch (error) {
        return (error as PassageError).code;
      }
    };
    expect(code('"éé"')).to.equal('éé');
    expect(code('"ééé"')).to.equal('TOO_LARGE');
    expect(code(new TextEncoder().encode('"ééé"'))).to.equal('TOO_LARGE');
    expect(code('1234567')).to.equal('TOO_LARGE');
  });

  it('refuses nesting beyond its limit before it runs out of stack', () => {
    const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
    expect(refusal(nested(32))).to.equal(undefined);
    expect(refusal(nested(33))).to.match(/^TOO_DEEP (\/0){32}$/);
    expect(refusal('[{"a":'.repeat(100_000))).to.match(/^TOO_DEEP /);
  });

  it('names the thing it reads in the sentence', () => {
    expect(() => readJson('{', { what: 'The payload' })).to.throw('The payload lacks a member name');
  });
});

describe('canonicalJson', () => {
  it('sorts members by UTF-16 code units and writes numbers in their shortest form', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, ö: 7 };
    // The order of the example in RFC 8785 section 3.2.3.
    expect(Object.keys(JSON.parse(canonicalJson(value)) as object).sort()).to.deep.equal(
      Object.keys(value).sort(),
    );
    expect(canonicalJson(value)).to.equal('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
    // RFC 8785 section 3.2.2, number serialisation.
    expect(canonicalJson([333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001, -0])).to.equal(
      '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]',
    );
  });

  it('is read back as the value that was written, and written again as the same text', () => {
    fc.assert(
      fc.property(strictValue, (text) => {
        const canonical = canonicalJson(JSON.parse(text));
        expect(readJson(canonical)).to.deep.equal(JSON.parse(text));
        expect(canonicalJson(readJson(canonical))).to.equal(canonical);
      }),
    );
  });

  it('does not depend on the order in which members were set', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: null })).to.equal(
      canonicalJson({ a: null, b: [{ c: 2, d: 1 }] }),
    );
    expect(canonicalJson([2, 1])).to.equal('[2,1]');
  });

  const cycle: unknown[] = [];
  cycle.push(cycle);
  for (const [title, value] of [
    ['undefined', undefined],
    ['a member that is undefined', { a: undefined }],
    ['a hole in a list', new Array(2)],
    ['NaN', NaN],
    ['infinity', [Infinity]],
    ['a bigint', 1n],
    ['a function', () => 1],
    ['half a surrogate pair', '\ud800'],
    ['half a surrogate pair in a name', { '\udc00': 1 }],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['bytes', new Uint8Array(1)],
    ['a cycle', cycle],
  ] as const) {
    it(`refuses ${title}`, () => expect(() => canonicalJson(value)).to.throw(TypeError));
  }
});
