import { documentedErrors } from '@passage/testing';
import { expect } from 'chai';
import { errorRules } from './codes.js';

describe('docs/errors.md, Domain', () => {
  it('says for each code what the code says, in the same order', () => {
    const expected = Object.entries(errorRules).map(([code, { family, meaning, next }]) => [
      code,
      family,
      meaning,
      next,
    ]);
    expect(documentedErrors('Domain')).to.deep.equal(expected);
  });
});
