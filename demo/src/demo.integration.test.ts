import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
      .and.to.contain('plate_reader')
      .and.to.match(/customs: inspection 1, scan by TERMINAL-\w+: ordered.*imaged.*judged.*; conforming/)
      .and.to.contain('goods released by OFFICER-');

    await expectIndexConfirmed();

    const second = await demo();
    expect(second.code, second.stderr).to.equal(0);
    const again = lastSummary(second);
    expect(again.height).to.equal(summary.height);
    expect(again.trace).to.deep.equal(summary.trace);
    expect(again.statements).to.deep.equal(summary.statements);
  });

  /** The index that a gateway of the demo has left, held against the ledger that the network has left. */
  async function expectIndexConfirmed(): Promise<void> {
    const digest = join(folder, 'digest.json');
    const against = ['--dir', folder, '--from', join(folder, 'network', 'ledger'), '--index', digest];
    expect((await passage('index-digest', '--dir', folder, '--out', digest)).code).to.equal(0);
    const alike = await passage('compare', ...against);
    expect(alike.code, alike.stdout).to.equal(0);
    writeFileSync(digest, readFileSync(digest, 'utf8').replace(/"passage custody": \{\s*"keys": /, '$&1'));
    const differs = await passage('compare', ...against);
    expect(differs.code).to.equal(1);
    expect(differs.stdout).to.match(/DIFFERENCE block \d+: state: .* keys of passage custody/);
  }

  it('says in a sentence that the declarations are not there', async () => {
    const outcome = await demo('--declarations', join(folder, 'nothing.csv'));
    expect(outcome.code).to.equal(3);
    expect(outcome.stderr).to.contain('DECLARATIONS_NOT_FOUND').and.not.to.contain('    at ');
  });
});
