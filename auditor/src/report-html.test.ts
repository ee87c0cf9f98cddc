import { expect } from 'chai';
import { reportHtml } from './report-html.js';

describe('a report as a page', () => {
  const report = {
    source: '<b>folder</b> & "file"',
    level: 'ledger',
    channel: 'passage',
    genesisHash: 'ab',
    blocks: 3,
    transactions: 7,
    checks: { 'data-hash': 3 },
    codes: { VALID: 7 },
    differences: [{ block: 2, transaction: 1, check: 'rerun', expected: '<script>', found: 'that' }],
    findings: [{ block: 1, transaction: 0, kind: 'expired-certificate', what: 'it was over' }],
    complete: false,
    lastHeaderHash: 'cd',
    commitHash: '',
    stateKeys: 4,
    version: '0.1.0',
    madeAt: '2026-11-22T12:00:00.000Z',
  } as const;

  it('says what was checked, what differs, what was found and what was not looked at', () => {
    const page = reportHtml(report);
    for (const text of [
      'NOT verified: 1 difference<',
      'blocks 0 to 2, 7 transactions',
      'block 2, transaction 1: rerun: expected &#60;script&#62;, found that',
      'block 1, transaction 0: expired-certificate: it was over',
      'Not everything was judged',
      'other peers: that another organisation holds the same blocks',
    ])
      expect(page).to.contain(text);
  });

  it('shows what came from outside as text', () => {
    const page = reportHtml(report);
    expect(page).to.contain('&#60;b&#62;folder&#60;/b&#62; &#38; &#34;file&#34;');
    expect(page).not.to.contain('<script').and.not.to.contain('<b>');
  });
});
