import { documentedErrors } from '@passage/testing';
import { expect } from 'chai';
import { gatewayRules } from './errors.js';

describe('docs/errors.md, Gateway', () => {
  it('says for each code what the code says, in the same order', () => {
    const expected = Object.entries(gatewayRules).map(([code, { meaning, next }]) => [code, meaning, next]);
    expect(documentedErrors('Gateway')).to.deep.equal(expected);
  });
});
