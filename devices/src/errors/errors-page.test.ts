import { documentedErrors } from '@passage/testing';
import { expect } from 'chai';
import { deviceErrorCodes } from './device-error.js';

describe('docs/errors.md, Devices', () => {
  it('says for each code what the code says, in the same order', () => {
    const expected = Object.entries(deviceErrorCodes).map(([code, { meaning, next }]) => [
      code,
      meaning,
      next,
    ]);
    expect(documentedErrors('Devices')).to.deep.equal(expected);
  });
});
