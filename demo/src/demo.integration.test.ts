import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { needSharedData } from '@passage/testing';
import { expect } from 'chai';
import { lastSummary, passage } from './testing/passage.js';

describe('demo on the embedded network', () => {
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'passage-demo-'))));

  afterEach(async () => {
    await passage('network', 'down', '--dir', folder);
    rmSync(folder, { recursive: true, force: true });
  });

  const demo = (...args: readonly string[]) =>
    passage('demo', '--embedded', '--once', '--json', '--dir', folder, '--base-port', '21400', ...args);

  it('tells the story of the sample, and the same again without writing anything twice', async () => {
    const first = await demo();
    expect(first.code, first.stderr).to.equal(0);
    const summary = lastSummary(first);
    expect(summary).to.deep.include({ network: 'embedded', shipments: 12 });
    expect(summary.statements.sent).to.equal(summary.statements.accepted + 2);
    expect(summary.statements.refused).to.deep.equal({ SIGNATURE_INVALID: 1, KEY_UNKNOWN: 1 });
    expect(summary.attempts.at(-1)?.stoppedBy).to.match(/^block \d+: data-hash/);
    expect(summary.audit.differences).to.equal(0);
    expect(summary.audit.blocks).to.equal(summary.height);
    expect(summary.verification.asOfBlock).to.be.at.most(summary.height - 1);
    expect(summary.verification.checks).to.include.members([
      'orderer-quorum',
      'endorsement-policy',
      'commit-hash',
    ]);
    expect(first.stderr)
      .to.contain(summary.trace.ucr)
      .and.to.contain('key held by gateway')
      .and.to.contain('plate_reader');

    const second = await demo();
    expect(second.code, second.stderr).to.equal(0);
    const again = lastSummary(second);
    expect(again.height).to.equal(summary.height);
    expect(again.trace).to.deep.equal(summary.trace);
    expect(again.statements).to.deep.equal(summary.statements);
  });

  it('takes the first 500 rows of the Korean validation set', async function () {
    const file = join(needSharedData(this, 'kcs-declarations'), 'df_syn_valid_eng.csv.gz');
    const outcome = await demo('--declarations', file, '--limit', '500');
    expect(outcome.code, outcome.stderr).to.equal(0);
    const summary = lastSummary(outcome);

    // Counted here by other means: cut the text at the commas, no parser, no code of the demo.
    const rows = gunzipSync(readFileSync(file))
      .toString('utf8')
      .split('\n')
      .slice(1, 501)
      .map((line) => line.split(','));
    const looks: Readonly<Record<string, number>> = { '10': 8, '20': 8, '30': 7, '40': 8, '50': 7, '90': 8 };
    const statements = rows.reduce((sum, row) => sum + (looks[row[7] ?? ''] ?? Number.NaN), 0);
    const traders = new Set(rows.flatMap((row) => [row[8], row[9], row[10]]).filter((code) => code !== ''));
    expect(summary.shipments).to.equal(500);
    expect(summary.statements.accepted).to.equal(statements);
    expect(summary.parties).to.be.above(traders.size);
    expect(summary.audit.differences).to.equal(0);
    expect(summary.audit.transactions).to.be.above(500 * 5 + traders.size);
  });

  it('says in a sentence that the declarations are not there', async () => {
    const outcome = await demo('--declarations', join(folder, 'nothing.csv'));
    expect(outcome.code).to.equal(3);
    expect(outcome.stderr).to.contain('DECLARATIONS_NOT_FOUND').and.not.to.contain('    at ');
  });
});
