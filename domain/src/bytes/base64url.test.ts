import { expect } from 'chai';
import fc from 'fast-check';
import { decodeBase64url, encodeBase64url } from './base64url.js';

describe('base64url', () => {
  it('writes what Node writes and reads it back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = encodeBase64url(bytes);
        expect(text).to.equal(Buffer.from(bytes).toString('base64url'));
        expect(decodeBase64url(text)).to.deep.equal(bytes);
      }),
    );
  });

  it('reads a text only if it is the one that writing its bytes gives', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{0,9}$/), (text) => {
        const bytes = decodeBase64url(text);
        const canonical = encodeBase64url(Buffer.from(text, 'base64url')) === text;
        expect(bytes !== undefined).to.equal(canonical);
      }),
      { numRuns: 2000 },
    );
  });

  for (const text of [
    'A',
    'AAAAA',
    'AB',
    'AAB',
    'AA==',
    'AA=',
    'A+AA',
    'A/AA',
    ' AAA',
    'AAA\n',
    'AAAé',
    'AA.A',
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => expect(decodeBase64url(text)).to.equal(undefined));
  }
});
