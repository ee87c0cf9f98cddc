import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { digest } from './digest.js';

describe('digest', () => {
  for (const name of ['sha256', 'sha384', 'sha512'] as const) {
    it(`gives ${name} of all parts one after another, as OpenSSL does`, () => {
      fc.assert(
        fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 }), (parts) => {
          const expected = createHash(name).update(Buffer.concat(parts)).digest('hex');
          expect(Buffer.from(digest(name, ...parts)).toString('hex')).to.equal(expected);
        }),
      );
    });
  }
});
