import { expect } from 'chai';
import { errorRules, isErrorCode } from './codes.js';
import { PassageError } from './passage-error.js';
import { refuseViolations } from './violations.js';

describe('PassageError', () => {
  it('knows its family and what to do next from the table', () => {
    const error = new PassageError('NOT_OWNER', 'Only the owner may revoke it');
    expect(error.family).to.equal('authorization');
    expect(error.next).to.equal(errorRules.NOT_OWNER.next);
    expect(error.details).to.deep.equal({});
  });

  it('writes each meaning and each next step as a sentence', () => {
    for (const rule of Object.values(errorRules)) {
      expect(rule.meaning).to.match(/^[A-Z].*\.$/);
      expect(rule.next).to.match(/^[A-Z].*\.$/);
    }
  });

  it('takes no inherited name for a code', () => {
    expect(isErrorCode('toString')).to.equal(false);
    expect(isErrorCode('INVALID_JSON')).to.equal(true);
  });
});

describe('refuseViolations', () => {
  it('lists all violations and names the first in the sentence', () => {
    const violations = [
      { pointer: '/a', code: 'MISSING', message: 'is missing' },
      { pointer: '/b', code: 'TYPE', message: 'must be a text' },
    ];
    expect(() => refuseViolations('The event', violations))
      .to.throw(PassageError, 'The event is not valid at /a: is missing (and 1 more)')
      .with.deep.property('details', { violations });
  });

  it('lets a value without violations pass', () => {
    refuseViolations('The event', []);
  });
});
