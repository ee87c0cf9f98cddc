import { documentedErrors } from '@passage/testing';
import { expect } from 'chai';
import { NETWORK_ERROR_CODES } from './errors.js';

describe('docs/errors.md, Network', () => {
  it('explains every code, in the same order', () => {
    expect(documentedErrors('Network').map(([code]) => code)).to.deep.equal(NETWORK_ERROR_CODES);
  });
});
