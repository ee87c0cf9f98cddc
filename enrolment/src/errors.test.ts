import { documentedErrors } from '@passage/testing';
import { expect } from 'chai';

import { enrolmentErrorCodes } from './errors.js';

describe('docs/errors.md, Enrolment', () => {
  it('says for each code what the code says, in the same order', () => {
    const expected = Object.entries(enrolmentErrorCodes).map(([code, { meaning, next }]) => [
      code,
      meaning,
      next,
    ]);
    expect(documentedErrors('Enrolment')).to.deep.equal(expected);
  });
});
