import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testUcr } from '@passage/domain/testing';
import { Story } from '@passage/evidence/testing';
import { expect } from 'chai';
import { gather } from '../evidence/gather.js';
import { makeBundle } from '../evidence/make-bundle.js';
import { sourceOf, streamOf } from '../testing/block-source.js';
import { fileIn, withFolder } from '../testing/recorded-folder.js';
import { codeOf } from '../testing/code-of.js';
import { runCommand } from '../testing/run-command.js';
import type { GatherOptions } from '../evidence/gather.js';
import { bundleCommand } from './bundle-command.js';
import { verifyBundleCommand } from './verify-bundle-command.js';

describe('passage bundle and passage verify-bundle', function () {
  this.timeout(60_000);
  const story = new Story({ channel: 'passage-embedded', short: true });
  const { genesisHash } = story.chain;
  const blocks = story.judged.map(({ block }) => block);

  it('write a bundle of blocks that verifies without any network, and refuse it under another genesis hash', () =>
    withFolder(async (folder) => {
      const [from, out] = [fileIn(folder, 'blocks.bin', streamOf(blocks)), join(folder, 'bundle.json')];
      const made = await runCommand(
        bundleCommand,
        testUcr,
        '--blocks',
        '--from',
        from,
        '--genesis',
        genesisHash,
        '--out',
        out,
      );
      expect(made.status, made.stderr).to.equal(0);
      expect(made.stderr).to.include('2 of the ledger');
      const good = await runCommand(verifyBundleCommand, out, '--genesis', genesisHash);
      expect(good.status, good.stderr + good.stdout).to.equal(0);
      expect(good.stdout.split('\n')[0]).to.include('EMBEDDED network: proves nothing to anyone else');
      expect(good.stdout)
        .to.include('completeness: not proven')
        .and.include('verified: what was checked holds');
      const other = await runCommand(verifyBundleCommand, out, '--json', '--genesis', 'ab'.repeat(32));
      expect(other.status).to.equal(1);
      expect(JSON.parse(other.stdout)).to.deep.include({ verdict: 'differs', network: 'embedded' });
    }));

  it('make a complete bundle of proofs with what two organisations have signed elsewhere', () =>
    withFolder(async (folder) => {
      const from = fileIn(folder, 'blocks.bin', streamOf(blocks));
      const { statement } = story.bundle('blocks');
      const [signed, out] = [join(folder, 'signed.json'), join(folder, 'bundle.json')];
      writeFileSync(signed, JSON.stringify(statement));
      const args = [testUcr, '--from', from, '--genesis', genesisHash, '--statement', signed, '--out', out];
      const made = await runCommand(bundleCommand, ...args, '--blocks');
      expect(made.status, made.stderr).to.equal(0);
      const verified = await runCommand(verifyBundleCommand, out, '--genesis', genesisHash, '--json');
      expect(JSON.parse(verified.stdout)).to.deep.include({
        verdict: 'verified',
        completeness: { proven: true, height: blocks.length },
      });
      writeFileSync(out, readFileSync(out, 'utf8').replace('bundle-1', 'bundle-9'));
      const newer = await runCommand(verifyBundleCommand, out, '--genesis', genesisHash);
      expect(newer).to.deep.include({ status: 3 });
      expect(newer.stderr).to.include('BUNDLE_VERSION');
    }));

  it('make nothing of a consignment that the ledger does not know, of another ledger, and of too few blocks', async () => {
    const source = sourceOf(blocks);
    const bundleFor = async (options: Partial<GatherOptions>): Promise<unknown> => {
      const gathered = await gather(source, { genesisHash, ucr: testUcr, ...options });
      return makeBundle(gathered, { kind: 'proofs', genesisHash, signers: [], openings: [] });
    };
    expect(await codeOf(bundleFor({ ucr: '6KRNOBODY1-NONE' }))).to.equal('NO_EVENTS');
    expect(await codeOf(bundleFor({}))).to.equal('MATERIAL_MISSING');
    expect(await codeOf(bundleFor({ genesisHash: 'ab'.repeat(32) }))).to.equal('LEDGER_DIFFERS');
    expect(await codeOf(bundleFor({ height: blocks.length + 1 }))).to.equal('SOURCE_NOT_FOUND');
  });
});
