import { expect } from 'chai';
import fc from 'fast-check';
import { PassageError } from '../errors/passage-error.js';
import { isUcr, parseUcr, ucr, ucrOfUri, ucrUri, type Ucr } from './ucr.js';

const parts: fc.Arbitrary<Ucr> = fc.record({
  yearDigit: fc.stringMatching(/^[0-9]$/),
  country: fc.stringMatching(/^[A-Z]{2}$/),
  trader: fc.stringMatching(/^[0-9A-Z]{1,13}$/),
  reference: fc.stringMatching(/^[0-9A-Z()-]{1,18}$/),
});

describe('UCR', () => {
  it('comes apart into year, country, trader and reference', () => {
    expect(parseUcr('1KRSHHZGSL-56839011')).to.deep.equal({
      yearDigit: '1',
      country: 'KR',
      trader: 'SHHZGSL',
      reference: '56839011',
    });
    expect(parseUcr('6GB123456789012-A(1)-B').reference).to.equal('A(1)-B');
  });

  it('is the same after it was built from its parts, and in a URI', () => {
    fc.assert(
      fc.property(parts, (value) => {
        const text = ucr(value);
        expect(parseUcr(text)).to.deep.equal(value);
        expect(ucrOfUri(ucrUri(text))).to.equal(text);
        expect(isUcr(text)).to.equal(true);
      }),
    );
  });

  for (const text of [
    '',
    '1KR-1',
    '1KRA',
    '1KRA-',
    'XKRA-1',
    '1krA-1',
    '1KRa-1',
    '1KRA-a',
    '1KRA-1/2',
    '1KRA-1:2',
    '1KRA-1\n',
    '1KRA-1\u0000',
    '1KRA-1234567890123456789',
    `1KR${'A'.repeat(30)}-123`,
    `1KR${'A'.repeat(100_000)}-1`,
  ]) {
    it(`refuses ${JSON.stringify(text.slice(0, 40))}`, () => {
      expect(isUcr(text)).to.equal(false);
      expect(() => parseUcr(text))
        .to.throw(PassageError)
        .with.property('code', 'INVALID_IDENTIFIER');
    });
  }

  it('has at most 35 characters', () => {
    const longest = `1KR${'A'.repeat(29)}-12`;
    expect(longest).to.have.length(35);
    expect([longest, `${longest}3`].filter(isUcr)).to.deep.equal([longest]);
    expect(parseUcr(longest).reference).to.equal('12');
    expect(() => parseUcr(`${longest}3`)).to.throw(PassageError);
  });

  it('is never built from parts that would read as others', () => {
    const good = { yearDigit: '1', country: 'KR', trader: 'A', reference: '1' };
    expect(() => ucr({ ...good, trader: 'A-B' })).to.throw(PassageError, 'run into one another');
    expect(() => ucr({ ...good, yearDigit: '', country: '1KR' })).to.throw(PassageError);
  });

  it('is found in a URI only where it is whole', () => {
    for (const uri of ['urn:passage:ucr:', 'urn:passage:ucr:x', '1KRA-1', 'urn:passage:voc:1KRA-1']) {
      expect(ucrOfUri(uri), uri).to.equal(undefined);
    }
  });
});
