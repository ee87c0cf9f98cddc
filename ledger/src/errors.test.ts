import { documentedErrors } from '@passage/testing';
import { expect } from 'chai';
import { LEDGER_ERROR_CODES } from './errors.js';

describe('docs/errors.md, Ledger', () => {
  it('explains every code, in the same order', () => {
    expect(documentedErrors('Ledger').map(([code]) => code)).to.deep.equal([...LEDGER_ERROR_CODES]);
  });
});
