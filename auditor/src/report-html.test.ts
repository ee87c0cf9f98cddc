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

  it('shows who signed, what earlier runs judged, how the sources stand, and both headers of a fork', () => {
    const header = { block: 2, previousHash: 'aa', dataHash: 'bb', signatures: 'cc' };
    const [known, found] = [
      { ...header, headerHash: 'known hash' },
      { ...header, headerHash: 'found hash' },
    ];
    const [difference] = report.differences;
    const page = reportHtml({
      ...report,
      resumedFrom: 2,
      stateDigest: 'ef',
      differences: [{ ...difference, signedBy: ['CustomsMSP', 'PortMSP'] }],
      parting: { kind: 'fork', known, found, difference },
      sources: [
        { source: 'alder', height: 3, gave: [[0, 2]], agrees: [[0, 2]], reading: 'ended' },
        { source: 'birch', height: 1, gave: [], agrees: [[0, 0]], reading: 'failed', failure: 'gone' },
      ],
      sourceDifferences: [
        {
          block: 2,
          kind: 'header',
          versions: [
            { sources: ['alder'], has: 'this', header: { ...header, headerHash: 'alder hash' } },
            { sources: ['birch'], has: '<that>', header: { ...header, headerHash: 'birch hash' } },
          ],
        },
      ],
    });
    for (const text of [
      'signed by CustomsMSP, PortMSP',
      'the first 2 blocks',
      'known hash',
      'found hash',
      'alder: 3 blocks, read to its end, gave 0 to 2, agrees in 0 to 2',
      'birch: 1 blocks, could not be read on, agrees in 0: gone',
      'birch has &#60;that&#62;',
      'alder hash',
      'birch hash',
      'birch from block 1 on: gone',
    ])
      expect(page).to.contain(text);
    expect(page).not.to.contain('other peers');
  });

  it('does not say verified where a source could not be read on', () => {
    const sources = (['ended', 'failed'] as const).map((reading) => ({
      source: reading,
      height: 3,
      gave: [],
      agrees: [],
      reading,
    }));
    const sound = { ...report, differences: [], complete: true };
    expect(reportHtml({ ...sound, sources: sources.slice(0, 1) })).to.contain('>verified: 0 differences<');
    expect(reportHtml({ ...sound, sources }))
      .to.contain('0 differences in what could be checked: 1 of 2 sources')
      .and.not.contain('>verified');
  });

  it('shows what came from outside as text', () => {
    const page = reportHtml(report);
    expect(page).to.contain('&#60;b&#62;folder&#60;/b&#62; &#38; &#34;file&#34;');
    expect(page).not.to.contain('<script').and.not.to.contain('<b>');
  });
});
