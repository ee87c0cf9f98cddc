import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { describeDifference, headerHash, toHex } from '@passage/ledger';
import { MUTATIONS, newForge } from '@passage/ledger/generator';
import { AuditError } from '../errors.js';
import { replay } from '../replay.js';
import { openRecorded } from '../source/open-folder.js';
import { streamOf } from '../testing/block-source.js';
import { nodeKey } from '../testing/node-key.js';
import { fileIn, withFolder } from '../testing/recorded-folder.js';
import type { Broken, Forge, Verdict } from '@passage/ledger/generator';
import type { ReplayReport } from '../report.js';

/** What replay says of a chain, read from a file: its report, or the error that ended it. */
async function replayed(
  forge: Forge,
  { blocks, cutBytes = 0 }: Omit<Broken, 'verdict'>,
): Promise<ReplayReport | AuditError> {
  const stream = streamOf(blocks);
  return withFolder(async (folder) => {
    const path = fileIn(folder, 'blocks.bin', stream.subarray(0, stream.length - cutBytes));
    try {
      const genesisHash = toHex(headerHash(forge.block(0).header));
      return await replay(openRecorded(path), { genesisHash });
    } catch (error) {
      expect(error).to.be.instanceOf(AuditError);
      return error as AuditError;
    }
  });
}

function expectVerdict(said: ReplayReport | AuditError, verdict: Verdict): void {
  if (said instanceof AuditError) {
    expect(verdict.says, said.message).to.equal('truncated');
    expect(said.code).to.equal('SOURCE_TRUNCATED');
    return;
  }
  const [first] = said.differences;
  if (verdict.says !== 'difference') {
    expect(verdict.says, 'replay reached the end').to.equal('nothing');
    expect(first && describeDifference(first)).to.equal(undefined);
    return;
  }
  const { block, transaction, check, because } = verdict;
  expect(first, 'replay found nothing').not.to.equal(undefined);
  if (first === undefined) return;
  expect({ transaction: undefined, ...first }).to.deep.include({ block, transaction, check });
  expect(describeDifference(first)).to.include(because);
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

describe('replay of the corpus of broken chains', function () {
  this.timeout(60_000);
  const forge = newForge(nodeKey);

  it('finds nothing in the good chain that they are made from', async () => {
    const report = await replayed(forge, { blocks: forge.blocks });
    expect(report).to.deep.include({ blocks: 11, differences: [], complete: true });
  });

  for (const mutation of MUTATIONS) {
    it(`says the right thing of ${mutation.name}`, async () => {
      const broken = mutation.break(forge);
      expectVerdict(await replayed(forge, broken), broken.verdict);
    });
  }

  it('is what docs/replay.md says, row by row', () => {
    const page = readFileSync(new URL('../../../docs/replay.md', import.meta.url), 'utf8');
    const [, corpus = ''] = page.split('## The corpus of broken chains');
    const documented = corpus.split('\n').filter((line) => line.startsWith('| `'));
    const rows = MUTATIONS.map(({ name, what, ...mutation }) =>
      rowOf(name, what, mutation.break(forge).verdict),
    );
    expect(documented).to.deep.equal(rows);
  });
});
