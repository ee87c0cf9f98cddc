import { documentedErrors } from '@passage/testing';
import { expect } from 'chai';
import { fabricErrorCodes } from './errors.js';

describe('docs/errors.md, Fabric network', () => {
  it('says for each code what the code says, in the same order', () => {
    const expected = Object.entries(fabricErrorCodes).map(([code, { meaning, next }]) => [
      code,
      meaning,
      next,
    ]);
    expect(documentedErrors('Fabric network')).to.deep.equal(expected);
  });
});
