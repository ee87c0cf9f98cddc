import { documentedErrors } from '@passage/testing';
import { expect } from 'chai';
import { controlErrorCodes } from './errors.js';

describe('docs/errors.md, Command line', () => {
  it('says for each code what the code says, in the same order', () => {
    const expected = Object.entries(controlErrorCodes).map(([code, { meaning, next }]) => [
      code,
      meaning,
      next,
    ]);
    expect(documentedErrors('Command line')).to.deep.equal(expected);
  });
});
