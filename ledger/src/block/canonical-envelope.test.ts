import { expect } from 'chai';
import fc from 'fast-check';
import { concatBytes, encode, isCanonical } from '../codec/index.js';
import { Envelope } from '../proto/index.js';
import { isCanonicalEnvelope } from './canonical-envelope.js';

describe('isCanonicalEnvelope', () => {
  const part = fc.uint8Array({ maxLength: 300 });
  const written = fc
    .record({ payload: part, signature: part })
    .map((envelope) => Uint8Array.from(encode(Envelope, envelope)));

  it('says of any envelope, whole, altered, cut or continued, what writing it anew says', () => {
    const altered = fc.tuple(written, fc.nat(), fc.nat(255)).map(([bytes, at, value]) => {
      if (bytes.length > 0) bytes[at % Math.min(bytes.length, 8)] = value;
      return bytes;
    });
    const cut = fc.tuple(written, fc.nat()).map(([bytes, at]) => bytes.subarray(0, at % (bytes.length + 1)));
    const joined = fc.tuple(written, fc.oneof(written, part)).map((parts) => concatBytes(...parts));
    fc.assert(
      fc.property(fc.oneof(written, altered, cut, joined), (bytes) => {
        expect(isCanonicalEnvelope(bytes)).to.equal(isCanonical(Envelope, bytes));
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses a length of more bytes than it needs, and a field that is there and empty', () => {
    for (const bytes of [
      [0x0a, 0x81, 0x00, 7, 0x12, 1, 7],
      [0x0a, 0x00, 0x12, 1, 7],
      [0x0a, 1, 7, 0x12, 0x00],
      [0x12, 1, 7, 0x0a, 1, 7],
    ])
      expect(isCanonicalEnvelope(Uint8Array.from(bytes)), bytes.join()).to.equal(false);
  });
});
