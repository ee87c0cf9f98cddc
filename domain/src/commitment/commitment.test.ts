import { expect } from 'chai';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { isDigest } from '../bytes/digest.js';
import { commit, opens, type Opening } from './commitment.js';

const opening: Opening = {
  ledger: 'ab'.repeat(32),
  subject: 'urn:epc:id:bic:CSQU3054383',
  owner: 'SHHZGSL',
  field: 'licencePlate',
  salt: new Uint8Array(32).fill(7),
  value: '12가3456',
};

const word = fc.string({ unit: 'grapheme', maxLength: 6 });
const anyOpening: fc.Arbitrary<Opening> = fc.record({
  ledger: word,
  subject: word,
  owner: word,
  field: word,
  salt: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  value: word,
});

describe('commitment', () => {
  it('is SHA-256 over tag, ledger, subject, owner, field, salt and value, each behind its length', () => {
    const { ledger, subject, owner, field, salt, value } = opening;
    const hash = createHash('sha256');
    for (const part of ['passage-commitment-1', ledger, subject, owner, field, salt, value]) {
      const bytes = Buffer.from(part as string);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      hash.update(length).update(bytes);
    }
    expect(commit(opening)).to.equal(hash.digest('base64url'));
    expect(isDigest(commit(opening))).to.equal(true);
  });

  it('is opened by its own opening and by no other', () => {
    fc.assert(
      fc.property(anyOpening, anyOpening, (a, b) => {
        expect(opens(commit(a), a)).to.equal(true);
        const same = JSON.stringify([a, [...a.salt]]) === JSON.stringify([b, [...b.salt]]);
        expect(opens(commit(a), b)).to.equal(same);
      }),
    );
  });

  it('differs when any one part differs, or moves into its neighbour', () => {
    for (const part of ['ledger', 'subject', 'owner', 'field', 'value'] as const) {
      expect(opens(commit(opening), { ...opening, [part]: `${opening[part]}x` }), part).to.equal(false);
    }
    expect(opens(commit(opening), { ...opening, salt: new Uint8Array(32).fill(8) })).to.equal(false);
    expect(commit({ ...opening, subject: 'ab', owner: 'c' })).not.to.equal(
      commit({ ...opening, subject: 'a', owner: 'bc' }),
    );
  });

  it('is neither made nor opened with a short salt or with text that has no UTF-8', () => {
    const bad = [{ salt: new Uint8Array(31) }, { value: '\ud800' }, { owner: '\udc00' }];
    for (const change of bad) {
      expect(() => commit({ ...opening, ...change })).to.throw(RangeError);
      expect(opens(commit(opening), { ...opening, ...change })).to.equal(false);
    }
  });
});
