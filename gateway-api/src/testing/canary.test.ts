import { expect } from 'chai';

import { canarySearch, tracesOf } from './canary.js';

const canary = Buffer.from('fbff3e7a19'.repeat(6) + 'c0ff', 'hex');

describe('the search for canaries', () => {
  for (const [name, haystack] of [
    ['raw', Buffer.concat([Buffer.from('x'), canary])],
    ['hex', Buffer.from(`"${canary.toString('hex')}"`)],
    ['hex in UTF-16LE', Buffer.from(` ${canary.toString('hex')}`, 'utf16le')],
    ['hex in UTF-16BE', Buffer.from(canary.toString('hex'), 'utf16le').swap16()],
    ...['', 'a', 'ab', 'abc', 'abcd'].flatMap((before): [string, Buffer][] => {
      const text = Buffer.concat([Buffer.from(before), canary, Buffer.from('end')]);
      const shift = before.length % 3;
      const at = shift === 0 ? '' : ` shifted by ${String(shift)}`;
      return [
        [`base64${at}`, Buffer.from(text.toString('base64'))],
        [`base64url${at}`, Buffer.from(text.toString('base64url'))],
      ];
    }),
  ] as const) {
    it(`finds them as ${name}, ${String(haystack.length)} bytes`, () => {
      expect(tracesOf(canary, haystack)).to.include(name);
      expect(canarySearch([Buffer.alloc(32, 7), canary])(haystack)).to.equal(true);
    });
  }

  it('finds nothing where there is nothing', () => {
    expect(tracesOf(canary, Buffer.alloc(1_000))).to.deep.equal([]);
    for (const length of [0, 1, 2, 1_000])
      expect(canarySearch([canary])(Buffer.alloc(length))).to.equal(false);
    expect(canarySearch([canary])(canary.subarray(0, 31))).to.equal(false);
  });
});
