import { documentedErrors } from '@passage/testing';
import { expect } from 'chai';
import { AUDIT_ERROR_CODES } from './errors.js';

describe('docs/errors.md, Auditor', () => {
  it('explains every code, in the same order', () => {
    expect(documentedErrors('Auditor').map(([code]) => code)).to.deep.equal([...AUDIT_ERROR_CODES]);
  });
});
