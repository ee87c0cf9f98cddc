import { expect } from 'chai';
import fc from 'fast-check';
import { LedgerError } from '../errors.js';
import { Block, ConfigGroup, SignaturePolicy } from '../proto/index.js';
import { bool, bytes, embedded, int64, map, message, oneOf, optional, repeated, string } from './schema.js';
import { decode, emptyMessage, encode, isCanonical, toHex, uint32, uint64, unknownFields } from './index.js';
import type { Decoded } from './index.js';

const Inner = message('test.Inner', { text: string(1), flag: bool(2) });
const Sample = message('test.Sample', {
  id: uint64(1),
  inner: embedded(2, Inner),
  names: repeated(string(3)),
  counts: repeated(uint32(4)),
  byName: map(5, string, (number) => embedded(number, Inner)),
  ...oneOf('choice', { left: uint32(6), right: embedded(7, Inner) }),
  delta: int64(8),
  maybe: optional(uint32(9)),
  raw: bytes(10),
});

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const refusal = (text: string): string => {
  try {
    decode(Sample, hex(text));
  } catch (error) {
    if (error instanceof LedgerError) return error.code;
    throw error;
  }
  return 'accepted';
};

describe('decode', () => {
  it('gives every field its default when nothing is there', () => {
    expect(decode(Sample, hex(''))).to.deep.equal({
      id: 0,
      names: [],
      counts: [],
      byName: new Map(),
      delta: 0,
      raw: new Uint8Array(0),
    });
    expect(emptyMessage(Sample)).to.deep.equal(decode(Sample, hex('')));
  });

  it('tells an empty sub-message from an absent one, and zero in a oneof from nothing', () => {
    const value = decode(Sample, hex('1200 3000 4800'));
    expect(value.inner).to.deep.equal({ text: '', flag: false });
    expect(value.left).to.equal(0);
    expect(value.maybe).to.equal(0);
  });

  it('lets the last scalar win, merges sub-messages and replaces members of a oneof', () => {
    const value = decode(Sample, hex('0801 0802 1203 0a0161 1202 1001 3005 3a00'));
    expect(value.id).to.equal(2);
    expect(value.inner).to.deep.equal({ text: 'a', flag: true });
    expect(value).not.to.have.property('left');
    expect(value.right).to.deep.equal({ text: '', flag: false });
  });

  it('reads scalars packed and unpacked', () => {
    expect(decode(Sample, hex('2001 2202 0203 2004')).counts).to.deep.equal([1, 2, 3, 4]);
  });

  it('reads map entries in any order, with missing halves and repeated keys', () => {
    const value = decode(Sample, hex('2a07 1203 0a0178 0a00 2a05 0a016b 1200 2a07 0a016b 12021001'));
    expect([...value.byName]).to.deep.equal([
      ['', { text: 'x', flag: false }],
      ['k', { text: '', flag: true }],
    ]);
  });

  it('keeps `__proto__` an ordinary key', () => {
    const value = decode(Sample, encode(Sample, { byName: new Map([['__proto__', { flag: true }]]) }));
    expect(value.byName.get('__proto__')).to.deep.equal({ text: '', flag: true });
  });

  it('reads 64-bit numbers exactly or not at all', () => {
    expect(decode(Sample, hex('08ffffffffffffff0f')).id).to.equal(Number.MAX_SAFE_INTEGER);
    expect(decode(Sample, hex('40ffffffffffffffffff01')).delta).to.equal(-1);
    expect(refusal('0880808080808080 10')).to.equal('NUMBER_TOO_LARGE');
    expect(refusal('40 80808080808080808001')).to.equal('NUMBER_TOO_LARGE');
  });

  const malformed = {
    'a truncated varint': '0880',
    'a varint of eleven bytes': '08ffffffffffffffffffff01',
    'a varint of more than 64 bits': '08ffffffffffffffffff02',
    'a length beyond the end': '1205 0a',
    'a length beyond the enclosing message': '1202 0a05 6161616161',
    'a length of 2^63': '12 80808080808080808001',
    'field number zero': '0001',
    'wire type 7': '7f',
    'the end of a group that never began': '7c',
    'a group that ends under another number': '7b84010c',
    'a group without end': '7b',
    'invalid UTF-8': '1a01 ff',
    'a surrogate in UTF-8': '1a03 eda080',
  };
  for (const [what, text] of Object.entries(malformed)) {
    it(`refuses ${what}`, () => expect(refusal(text)).to.equal('MALFORMED_MESSAGE'));
  }

  it('says in which field the error is', () => {
    expect(() => decode(Sample, hex('1203 0a01ff'))).to.throw(LedgerError, 'cannot read test.Inner.text');
  });

  it('refuses nesting without end instead of exhausting the stack', () => {
    let policy = encode(SignaturePolicy, { signedBy: 0 });
    for (let i = 0; i < 3000; i++) policy = hex(`12 ${lengthOf(policy.length + 4)} 12${toHex(policy)}`);
    expect(() => decode(SignaturePolicy, policy)).to.throw(LedgerError, 'cannot read');
  });

  it('never crashes, hangs or throws anything but LedgerError on arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (input) => {
        for (const type of [Sample, Block, ConfigGroup]) {
          try {
            decode<unknown>(type, input);
          } catch (error) {
            expect(error).to.be.instanceOf(LedgerError);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('gives views of the input, not copies', () => {
    const input = hex('5202 abcd');
    expect(decode(Sample, input).raw.buffer).to.equal(input.buffer);
  });
});

describe('unknown fields', () => {
  const input = hex('7801 0805 7b0101 7c 9a0c 0161'.replace('0101', '0801'));

  it('are kept and written behind the known ones', () => {
    const value = decode(Sample, input);
    expect(value.id).to.equal(5);
    expect(
      toHex((value as Decoded<typeof Sample> & { [unknownFields]: Uint8Array })[unknownFields]),
    ).to.equal('78017b08017c9a0c0161');
    expect(toHex(encode(Sample, value))).to.equal('080578017b08017c9a0c0161');
  });

  it('include known numbers with another wire type', () => {
    expect(toHex(encode(Sample, decode(Sample, hex('0a0161'))))).to.equal('0a0161');
  });
});

describe('isCanonical', () => {
  it('accepts what Go writes, refuses other orders, written defaults and longer varints', () => {
    expect(isCanonical(Sample, hex('0805 1a0161'))).to.be.true;
    expect(isCanonical(Sample, hex('0805 7801'))).to.be.true;
    expect(isCanonical(Sample, hex('1a0161 0805'))).to.be.false;
    expect(isCanonical(Sample, hex('0800'))).to.be.false;
    expect(isCanonical(Sample, hex('088500'))).to.be.false;
    expect(isCanonical(Sample, hex('08'))).to.be.false;
  });
});

describe('encode', () => {
  it('leaves out defaults, but writes present zeros', () => {
    expect(toHex(encode(Sample, { id: 0, names: [''], left: 0, maybe: 0, raw: new Uint8Array(0) }))).to.equal(
      '1a0030004800',
    );
    expect(toHex(encode(SignaturePolicy, { signedBy: 0 }))).to.equal('0800');
  });

  it('writes map keys in the order of their UTF-8 bytes', () => {
    const keys = ['\u{1f600}', '\uffee', 'b', 'a'];
    const written = encode(Sample, { byName: new Map(keys.map((key) => [key, {}])) });
    expect([...decode(Sample, written).byName.keys()]).to.deep.equal(['a', 'b', '\uffee', '\u{1f600}']);
  });

  it('puts lengths before nested messages of every size, wherever the buffer ends', () => {
    // Around one and two bytes of length, and around the size that the buffer starts with.
    const sizes = [...range(0, 20), ...range(110, 140), ...range(4060, 4110), ...range(16370, 16400)];
    for (const size of sizes) {
      const inner = new Uint8Array(size).fill(7);
      const written = encode(Block, { data: { data: [inner] }, metadata: { metadata: [Uint8Array.of(9)] } });
      const { data, metadata } = decode(Block, written);
      expect(data?.data[0], String(size)).to.deep.equal(inner);
      expect(metadata?.metadata[0], String(size)).to.deep.equal(Uint8Array.of(9));
    }
  });

  it('writes rightly after a message that it refused', () => {
    expect(() => encode(Sample, { id: 1, names: ['a', '\ud800'] })).to.throw(LedgerError);
    expect(toHex(encode(Sample, { id: 1 }))).to.equal('0801');
  });

  it('refuses what does not fit', () => {
    const refused = [{ id: -1 }, { id: 2 ** 53 }, { id: 0.5 }, { counts: [2 ** 32] }, { names: ['\ud800'] }];
    for (const value of refused) expect(() => encode(Sample, value)).to.throw(LedgerError, 'cannot write');
    expect(() => encode(Sample, { left: 1, right: {} })).to.throw(LedgerError, 'second member of choice');
  });
});

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

/** Hexadecimal varint of a length below 2^21, always in three bytes. */
function lengthOf(length: number): string {
  return toHex(Uint8Array.of((length & 0x7f) | 0x80, ((length >> 7) & 0x7f) | 0x80, length >> 14));
}
