import { expect } from 'chai';
import { isAgreed } from './agreement.js';

const [customs, port, business, auditor] = ['CustomsMSP', 'PortMSP', 'BusinessMSP', 'AuditorMSP'];

describe('an agreement', () => {
  it('takes customs and two of the others, whoever they are', () => {
    const all = [customs, port, business, auditor];
    expect(isAgreed([customs, port, auditor], all)).to.equal(true);
    expect(isAgreed([customs, port], all)).to.equal(false);
    expect(isAgreed([port, business, auditor], all)).to.equal(false);
  });

  it('takes all of the others where there are fewer', () => {
    expect(isAgreed([customs, port], [customs, port])).to.equal(true);
    expect(isAgreed([customs], [customs, port])).to.equal(false);
    expect(isAgreed([customs], [customs])).to.equal(true);
  });

  it('counts no word of whoever has none', () => {
    expect(isAgreed([customs, port, 'StrangerMSP'], [customs, port, business])).to.equal(false);
  });
});
