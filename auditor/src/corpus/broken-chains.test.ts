import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { verifyBundle } from '@passage/evidence';
import { badBundles } from '@passage/evidence/testing';
import { describeDifference } from '@passage/ledger';
import { MUTATIONS, newForge } from '@passage/ledger/generator';
import { compareSources } from '../compare/compare-sources.js';
import { CUSTODY_CHECKS } from '../custody/custody-rule.js';
import { AuditError } from '../errors.js';
import { replay } from '../replay.js';
import { openRecorded } from '../source/open-folder.js';
import { writeCorpus, type CorpusList, type ListedCase } from '../testing/corpus.js';
import { custodyCases, generatedCases } from '../testing/generated-cases.js';
import { bundleCases } from '../testing/bundle-cases.js';
import { findingCases } from '../testing/finding-cases.js';
import { lies } from '../testing/lies/index.js';
import { nodeKey } from '../testing/node-key.js';
import { recordedCases } from '../testing/recorded-cases.js';
import { schemaFaults } from '../testing/schema-faults.js';
import type { Finding } from '../findings.js';
import type { CorpusCase } from '../testing/corpus-case.js';
import type { Verdict } from '@passage/ledger/generator';

const forge = newForge(nodeKey);

/** Of each check of custody the first lie that it finds; forged-custody.test.ts judges all of them, in memory. */
const oneOfEach = CUSTODY_CHECKS.flatMap((check) => lies.find((lie) => lie.check === check) ?? []);

function* cases(): Generator<CorpusCase> {
  yield* generatedCases(forge);
  yield* findingCases();
  yield* recordedCases(forge.blocks);
  yield* custodyCases(oneOfEach);
}

/** A row of the table in docs/replay.md. */
function rowOf(name: string, what: string, verdict: Verdict): string {
  const cells = [`\`${name}\``, what, sentenceOf(verdict)];
  return `| ${cells.join(' | ')} |`;
}

function sentenceOf(verdict: Verdict): string {
  if (verdict.says === 'truncated') return '`SOURCE_TRUNCATED`, exit code 3';
  if (verdict.says === 'nothing') return `nothing: ${verdict.because}`;
  const { block, transaction, check } = verdict;
  const place = transaction === undefined ? `block ${block}` : `block ${block}, transaction ${transaction}`;
  return `${place}: \`${check}\``;
}

describe('replay of the corpus of broken chains, as it is written for others', function () {
  this.timeout(120_000);
  const all = [...cases()];
  let folder: string;
  let list: CorpusList;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'passage-corpus-'));
    list = await writeCorpus(folder, all, bundleCases());
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const listed = (name: string): ListedCase => {
    const found = list.cases.find((one) => one.name === name);
    if (found === undefined) throw new Error(`corpus.json does not list ${name}`);
    return found;
  };

  /** Replays a case by what `corpus.json` says of it, and holds the outcome against that. */
  async function expectVerdict({ folder: own, state, genesisHash, expect: to }: ListedCase): Promise<void> {
    const source = openRecorded(join(folder, own));
    const kept = state === undefined ? {} : { state: { folder: join(folder, own, state) } };
    const outcome: unknown = await replay(source, { genesisHash, ...kept }).catch((error: unknown) => error);
    if (outcome instanceof AuditError) {
      expect({ exitCode: 3, code: outcome.code }).to.deep.equal(to);
      return;
    }
    const { differences, findings } = outcome as Awaited<ReturnType<typeof replay>>;
    const [first] = differences;
    const { exitCode, because = '', finding, ...place } = to;
    expectFinding(findings[0], finding);
    expect(exitCode).to.equal(first === undefined ? 0 : 1);
    if (first === undefined) return;
    expect(first).to.deep.include(place);
    expect(describeDifference(first)).to.include(because);
  }

  function expectFinding(first: Finding | undefined, due: ListedCase['expect']['finding']): void {
    expect(first === undefined).to.equal(due === undefined);
    if (first === undefined || due === undefined) return;
    const { because, ...place } = due;
    const { what, ...found } = first;
    expect(found).to.deep.equal(place);
    expect(what).to.include(because);
  }

  for (const name of [...all.map((one) => one.name), 'state-edited'])
    it(`says the right thing of ${name}`, () => expectVerdict(listed(name)));

  for (const name of [
    'good-blocks',
    'good-proofs',
    ...badBundles.map((bad) => bad.name.replace(/[^a-z]+/g, '-')),
  ])
    it(`says the right thing of a bundle: ${name}`, () => {
      const listed = list.bundles.find((one) => one.name === `bundle-${name}`);
      if (listed === undefined) throw new Error(`corpus.json does not list ${name}`);
      const { verdict, lines } = verifyBundle(readFileSync(join(folder, listed.file)), listed);
      const [first] = lines.flatMap((line) => (line.status === 'fails' ? [line.code] : []));
      expect({ exitCode: verdict === 'differs' ? 1 : 0, ...(first && { fault: first }) }).to.deep.equal(
        listed.expect,
      );
    });

  it('is listed as the published schema says', () => {
    const read: unknown = JSON.parse(readFileSync(join(folder, 'corpus.json'), 'utf8'));
    expect(schemaFaults('corpus', read)).to.deep.equal([]);
  });

  it('tells those apart that are sound and not what others have, when they are compared', async () => {
    const compared = list.cases.flatMap(({ compare, ...one }) => (compare ? [{ ...one, compare }] : []));
    expect(compared.map(({ name }) => name)).to.deep.equal(['missing-tail', 'fork']);
    for (const { folder: own, genesisHash, compare } of compared) {
      const sources = [compare.with, own].map((one) => openRecorded(join(folder, one)));
      const { differences } = await compareSources(sources, { genesisHash });
      expect(differences[0]).to.deep.include({ block: compare.block, kind: compare.kind });
    }
  });

  it('is what docs/replay.md says, row by row', () => {
    const page = readFileSync(new URL('../../../docs/replay.md', import.meta.url), 'utf8');
    const [, corpus = ''] = page.split('## The corpus of broken chains');
    const documented = corpus.split('\n').filter((line) => line.startsWith('| `'));
    const rows = MUTATIONS.map(({ name, what, ...mutation }) =>
      rowOf(name, what, mutation.break(forge).verdict),
    );
    expect(documented.slice(0, rows.length)).to.deep.equal(rows);
    const others = documented.slice(rows.length).map((line) => line.split('`')[1]);
    const known = new Set<string>(MUTATIONS.map(({ name }) => name));
    const more = list.cases
      .map(({ name }) => name)
      .filter((name) => !known.has(name) && !/^(good|recorded$|custody-)/.test(name));
    expect([...others].sort()).to.deep.equal(more.sort());
  });
});
