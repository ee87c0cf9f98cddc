import { documentedErrors } from '@passage/testing';
import { expect } from 'chai';
import { EVIDENCE_ERROR_CODES } from './errors.js';

describe('docs/errors.md', () => {
  it('has a row for each code of the evidence, in the same order', () => {
    const rows = documentedErrors('Evidence');
    expect(rows.map(([code]) => code)).to.deep.equal([...EVIDENCE_ERROR_CODES]);
    for (const row of rows) expect(row).to.have.length(3).and.not.include('');
  });
});
