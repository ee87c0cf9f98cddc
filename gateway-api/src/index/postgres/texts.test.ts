import { expect } from 'chai';
import fc from 'fast-check';

import { storedText, textOf } from './texts.js';

describe('texts in PostgreSQL', () => {
  it('come back as they were, and hold no U+0000 in between', () => {
    const unit = fc.constantFrom('\0', '\uF8FF', '0', '1', 'a', '\u{1f600}');
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        expect(storedText(text)).not.to.include('\0');
        expect(textOf(storedText(text))).to.equal(text);
      }),
    );
    expect(storedText('half \ud83d')).to.equal('half \ufffd');
  });
});
