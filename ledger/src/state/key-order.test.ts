import { expect } from 'chai';
import fc from 'fast-check';
import { compareKeys } from './key-order.js';

describe('compareKeys', function () {
  this.timeout(30_000);

  it('orders strings as their UTF-8 bytes are ordered', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(Math.sign(compareKeys(a, b))).to.equal(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });

  it('puts U+1F600 behind U+FFFD, where UTF-16 puts it before', () => {
    expect(compareKeys('\u{1F600}', '\uFFFD')).to.be.greaterThan(0);
  });
});
