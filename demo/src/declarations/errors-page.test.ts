import { documentedErrors } from '@passage/testing';
import { expect } from 'chai';
import { declarationErrorCodes } from './declaration-error.js';

describe('docs/errors.md, Demo', () => {
  it('says for each code what the code says, in the same order', () => {
    const expected = Object.entries(declarationErrorCodes).map(([code, { meaning, next }]) => [
      code,
      meaning,
      next,
    ]);
    expect(documentedErrors('Demo')).to.deep.equal(expected);
  });
});
