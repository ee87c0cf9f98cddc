import { readFileSync } from 'node:fs';
import { prologue, scenarios, scenesOf } from '@passage/domain/testing';
import { expect } from 'chai';
import { replayed } from '../testing/replayed.js';
import { lies, releasedAndTaken } from '../testing/lies/index.js';
import { CUSTODY_CHECKS } from './custody-rule.js';
import type { Told } from '@passage/evidence/testing';

const today = new Date('2026-01-01T00:00:00.000Z');

/** Every scene of every scenario that writes for all to see. */
function scenes(ledger: string): readonly Told[] {
  return scenarios
    .flatMap((scenario) => scenesOf(scenario, ledger, today))
    .filter(
      ({ expect: to, openings }) =>
        to.refused === undefined && to.writes.length > 0 && openings === undefined,
    );
}

describe('custody that colluding endorsers forged, on a chain that is valid by Fabric’s rules', function () {
  this.timeout(60_000);

  it('is judged by every check, and in order, where the domain wrote it', async () => {
    const report = await replayed((ledger) => [...prologue(ledger), ...scenes(ledger)]);
    expect(report.differences).to.deep.equal([]);
    expect(report.findings).to.deep.equal([]);
    expect(report.checks).to.include.keys(...CUSTODY_CHECKS);
  });

  for (const { what, story, check, expected, found } of lies) {
    it(`is found where ${what}`, async () => {
      const told = (ledger: string): readonly Told[] => [...prologue(ledger), ...story(ledger)];
      const { differences, codes, transactions, blocks } = await replayed(told);
      expect(codes).to.deep.equal({ VALID: transactions });
      const [first] = differences;
      const place = { block: blocks - 1, transaction: 0, check };
      expect(first).to.deep.include({ ...place, signedBy: ['CustomsMSP', 'PortMSP', 'BusinessMSP'] });
      expect(first?.expected).to.match(expected);
      expect(first?.found).to.match(found);
    });
  }

  it('is listed in docs/replay.md, lie by lie', () => {
    const page = readFileSync(new URL('../../../docs/replay.md', import.meta.url), 'utf8');
    const [, table = ''] = page.split('## Custody over the whole history');
    const rows = table.split('\n').filter((line) => /^\| [a-z].* \| `/.test(line));
    expect(rows).to.deep.equal(lies.map(({ what, check }) => `| ${what} | \`${check}\` |`));
  });

  it('is a finding, and no difference, where an officer takes over what he has released', async () => {
    const { differences, findings } = await replayed((ledger) => [...prologue(ledger), ...releasedAndTaken]);
    expect(differences).to.deep.equal([]);
    expect(findings.map(({ kind }) => kind)).to.deep.equal(['own-goods']);
    expect(findings[0]?.what).to.match(/^OFFICER1 released 6KRIMPORTER1-F at .*, and is a party to it now$/);
  });
});
