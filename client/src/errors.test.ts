import { documentedErrors } from '@passage/testing';
import { expect } from 'chai';

import { clientRules } from './errors.js';

describe('docs/errors.md, Client', () => {
  it('says for each code what the code says, in the same order', () => {
    const expected = Object.entries(clientRules).map(([code, { meaning, next }]) => [code, meaning, next]);
    expect(documentedErrors('Client')).to.deep.equal(expected);
  });
});
