import { expect } from 'chai';
import fc from 'fast-check';

import { cursorOf, positionOf } from './cursor.js';

describe('cursors', () => {
  it('name a place and come back as it', () => {
    const natural = fc.nat();
    fc.assert(
      fc.property(natural, natural, natural, (block, position, item) => {
        expect(positionOf(cursorOf({ block, position, item }))).to.deep.equal({ block, position, item });
      }),
    );
  });

  it('refuse whatever is none', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/^\d+\.\d+\.\d+$/.test(Buffer.from(text, 'base64url').toString('latin1')));
        expect(() => positionOf(text))
          .to.throw()
          .with.property('code', 'CURSOR_INVALID');
      }),
    );
  });
});
