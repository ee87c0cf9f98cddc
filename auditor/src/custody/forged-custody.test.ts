import { readFileSync } from 'node:fs';
import { commands } from '@passage/domain';
import { prologue, scenarios, scenesOf, testLedger } from '@passage/domain/testing';
import { expect } from 'chai';
import { replayed } from '../testing/replayed.js';
import { alteredRecords, lies, releasedAndTaken, singleLies } from '../testing/lies/index.js';
import { CUSTODY_CHECKS } from './custody-rule.js';
import type { Told } from '@passage/evidence/testing';
import type { Finding } from '../findings.js';
import type { AuditDifference } from '../report.js';
import type { Lie } from '../testing/lies/lie.js';

const today = new Date('2026-01-01T00:00:00.000Z');

/** Acts of which no chain can be forged, and why. */
const unforgeable: Readonly<Record<string, string>> = {
  KeepOpenings: 'blocks have its hashes alone: nothing is left for all to see',
  DiscloseOpening: 'blocks have its hashes alone: nothing is left for all to see',
  PurgeOpening: 'blocks have its hashes alone: nothing is left for all to see',
};

/** Every scene of every scenario that writes for all to see. */
function scenes(ledger: string): readonly Told[] {
  return scenarios
    .flatMap((scenario) => scenesOf(scenario, ledger, today))
    .filter(
      ({ expect: to, openings }) =>
        to.refused === undefined && to.writes.length > 0 && openings === undefined,
    );
}

function expectFound(first: AuditDifference | undefined, block: number, lie: Lie): void {
  const { what, check, expected, found } = lie;
  const place = { block, transaction: 0, check };
  expect(first, what).to.deep.include({ ...place, signedBy: ['CustomsMSP', 'PortMSP', 'BusinessMSP'] });
  expect(first?.expected, what).to.match(expected);
  expect(first?.found, what).to.match(found);
}

function expectFinding(findings: readonly Finding[], block: number, { finding }: Lie): void {
  const due = finding ? [{ block, transaction: 0, kind: finding.kind }] : [];
  expect(
    findings.map(({ kind, ...place }) => ({ block: place.block, transaction: place.transaction, kind })),
  ).to.deep.equal(due);
  expect(findings[0]?.what ?? '').to.include(finding?.because ?? '');
}

describe('custody that colluding endorsers forged, on a chain that is valid by Fabric’s rules', function () {
  this.timeout(60_000);

  it('is judged by every check, and in order, where the domain wrote it', async () => {
    const report = await replayed((ledger) => [...prologue(ledger), ...scenes(ledger)]);
    expect(report.differences).to.deep.equal([]);
    expect(report.findings).to.deep.equal([]);
    expect(report.checks).to.include.keys(...CUSTODY_CHECKS);
  });

  for (const lie of singleLies) {
    it(`is found where ${lie.what}`, async () => {
      const told = (ledger: string): readonly Told[] => [...prologue(ledger), ...lie.story(ledger)];
      const { differences, findings, codes, transactions, blocks } = await replayed(told);
      expect(codes).to.deep.equal({ VALID: transactions });
      expectFinding(findings, blocks - 1, lie);
      expectFound(differences[0], blocks - 1, lie);
    });
  }

  it('is found lie by lie, each in its block and nowhere else, where many are told on one chain', async () => {
    let [blocks, story]: [readonly number[], Told[]] = [[], []];
    const {
      differences,
      codes,
      transactions,
      blocks: height,
    } = await replayed(
      (ledger) => {
        story = [...prologue(ledger)];
        blocks = alteredRecords.map((lie, index) => story.push(...lie.story(ledger, `L${String(index)}`)));
        return story;
      },
      { all: true },
    );
    expect(codes).to.deep.equal({ VALID: transactions });
    const before = height - story.length - 1;
    const places = blocks.map((each) => before + each);
    alteredRecords.forEach((lie, index) => {
      const place = places[index] ?? 0;
      expectFound(
        differences.find(({ block }) => block === place),
        place,
        lie,
      );
    });
    expect([...new Set(differences.map(({ block }) => block))]).to.deep.equal(places);
  });

  it('is forged once at least for every act of the chaincode that leaves something for all to see', () => {
    const forged = new Set(lies.map(({ story }) => story(testLedger).at(-1)?.name));
    const missing = commands.map(({ name }) => name).filter((name) => !forged.has(name));
    expect(missing).to.deep.equal(Object.keys(unforgeable));
    const silent = commands.filter(({ writes }) => writes.length === 0).map(({ name }) => name);
    expect(silent).to.deep.equal(Object.keys(unforgeable));
  });

  it('is a finding, and no difference, where a chaincode of other rules did otherwise than ours would', async () => {
    const [ours, other] = ['a'.repeat(64), 'b'.repeat(64)];
    const [lie] = alteredRecords;
    const told = (ledger: string): readonly Told[] => [...prologue(ledger), ...(lie?.story(ledger) ?? [])];
    const [by, byOurs] = [
      await replayed(told, { version: `1-${other}`, ownPackage: ours }),
      await replayed(told, { version: `1-${ours}`, ownPackage: ours }),
    ];
    expect(by.differences).to.deep.equal([]);
    expect(by.findings.map(({ kind, block }) => ({ kind, block }))).to.deep.equal([
      { kind: 'other-rules', block: by.blocks - 1 },
    ]);
    expect(by.findings[0]?.what).to.match(
      /^RegisterParty leaves in party\/.* here, and by chaincode version 1-b+,/,
    );
    expect(byOurs.differences.map(({ check }) => check)).to.deep.equal(['outcome']);
    expect(byOurs.findings).to.deep.equal([]);
  });

  it('is listed in docs/replay.md, lie by lie', () => {
    const page = readFileSync(new URL('../../../docs/replay.md', import.meta.url), 'utf8');
    const [, table = ''] = page.split('## Custody over the whole history');
    const rows = table.split('\n').filter((line) => /^\| `[A-Z].* \| `/.test(line));
    expect(rows).to.deep.equal(
      lies.map(
        ({ what, check, story }) =>
          `| \`${story(testLedger).at(-1)?.name ?? ''}\` | ${what} | \`${check}\` |`,
      ),
    );
  });

  it('is a finding, and no difference, where an officer takes over what he has released', async () => {
    const { differences, findings } = await replayed((ledger) => [...prologue(ledger), ...releasedAndTaken]);
    expect(differences).to.deep.equal([]);
    expect(findings.map(({ kind }) => kind)).to.deep.equal(['own-goods']);
    expect(findings[0]?.what).to.match(/^OFFICER1 released 6KRIMPORTER1-F at .*, and is a party to it now$/);
  });
});
