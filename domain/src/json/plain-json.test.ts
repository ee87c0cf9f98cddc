import { expect } from 'chai';
import fc from 'fast-check';
import { JsonReader } from './json-reader.js';
import { readPlainJson } from './plain-json.js';
import type { JsonValue } from './value.js';

/** What the strict reader gives, or nothing where it refuses the text. */
function strictly(text: string, maxDepth: number): JsonValue | undefined {
  try {
    return new JsonReader(text, 'The text', maxDepth).read();
  } catch {
    return undefined;
  }
}

/** Pieces of which texts are made that are nearly plain: members twice, numbers that are rounded, deep nesting, escapes. */
const piece = fc.constantFrom(
  ...['"a":1', '"a":2', '"b":[]', '"1":0', '"__proto__":{}', '"n":9007199254740993', '"n":9007199254740991'],
  ...[
    '"n":1e21',
    '"n":0.1',
    '"n":-0',
    '"n":1.0',
    '"s":"\\u0041"',
    '"s":"\u00e9"',
    '"s":"e\u0301"',
    '"x":{"y":[[1]]}',
  ],
);
const text = fc.array(piece, { maxLength: 4 }).map((pieces) => `{${pieces.join(',')}}`);

describe('readPlainJson', () => {
  it('gives what the strict reader gives, or leaves the text to it', () => {
    fc.assert(
      fc.property(
        fc.oneof(text, fc.json(), fc.json({ stringUnit: 'binary' })),
        fc.integer({ min: 0, max: 5 }),
        (json, depth) => {
          const plain = readPlainJson(json, depth);
          if (plain !== undefined) expect(plain).to.deep.equal(strictly(json, depth));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('reads the records and arguments that are written here, as objects without a prototype', () => {
    const record = { id: 'x', list: [1, -2, 0.5, true, null, { a: 'b c' }], v: 1 };
    const read = readPlainJson(JSON.stringify(record), 32);
    expect(read).to.deep.equal(strictly(JSON.stringify(record), 32));
    expect(Object.getPrototypeOf(read)).to.equal(null);
  });

  for (const [what, json] of [
    ['a member twice', '{"a":1,"a":1}'],
    ['blanks', '{"a": 1}'],
    ['an escape', '{"a":"\\n"}'],
    ['what is no ASCII', '{"a":"\u00e9"}'],
    ['a number that is written otherwise', '[1.0]'],
    ['an integer that other readers round', '[9007199254740992]'],
    ['no JSON', '{"a":}'],
    ['nesting beyond the limit', '[[[]]]'],
  ] as const)
    it(`leaves ${what} to the strict reader`, () => expect(readPlainJson(json, 2)).to.equal(undefined));
});
