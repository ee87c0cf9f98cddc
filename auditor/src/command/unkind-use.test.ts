import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { generateChain } from '@passage/ledger/generator';
import { expect } from 'chai';
import { streamOf } from '../testing/block-source.js';
import { nodeKey } from '../testing/node-key.js';
import { fileIn, withFolder } from '../testing/recorded-folder.js';
import { runCommand } from '../testing/run-command.js';
import { replayCommand } from './replay-command.js';
import { verifyBundleCommand } from './verify-bundle-command.js';

const chain = generateChain({ newKey: nodeKey, transactions: 10 });
const blocks = [...chain.blocks()].map(({ block }) => block);

/** Runs `passage replay --level hash` over the small chain in a folder. */
const replayIn = (folder: string, ...args: string[]): ReturnType<typeof runCommand> =>
  runCommand(
    replayCommand,
    ...['--from', join(folder, 'blocks.bin'), '--genesis', chain.genesisHash, '--level', 'hash'],
    ...args,
  );

/** A folder with the chain, which is gone afterwards. */
const withChain = (run: (folder: string) => Promise<void>, of = blocks): Promise<void> =>
  withFolder((folder) => {
    fileIn(folder, 'blocks.bin', streamOf(of));
    return run(folder);
  });

/** Lets what this process writes beside a file meet a full disk. */
const fillDisk = (path: string): void => {
  symlinkSync('/dev/full', `${path}.${String(process.pid)}.new`);
};

describe('passage replay in unkind hands', function () {
  this.timeout(30_000);

  it('takes whole numbers of threads alone, written as such', () =>
    withChain(async (folder) => {
      for (const threads of ['0', '-1', '1.5', '65', '0x10', '1e1', '+2', '2.0', ' 2', '', 'two', 'NaN'])
        expect((await replayIn(folder, '--threads', threads)).status, threads).to.equal(2);
      for (const threads of ['1', '64'])
        expect((await replayIn(folder, '--threads', threads)).status).to.equal(0);
    }));

  it('asks first whether the report can be written', () =>
    withChain(async (folder) => {
      const { status, stdout, stderr } = await replayIn(
        folder,
        '--report',
        join(folder, 'nowhere', 'r.html'),
      );
      expect([status, stdout]).to.deep.equal([3, '']);
      expect(stderr).to.match(/^REPORT_UNWRITABLE: .*: choose another --report$/);
    }));

  it('leaves the report of an earlier run where the new one cannot be written', () =>
    withChain(async (folder) => {
      const report = fileIn(folder, 'r.json', 'that of yesterday');
      fillDisk(report);
      const { status, stdout, stderr } = await replayIn(folder, '--report', report);
      expect(status).to.equal(3);
      expect(stdout).to.contain('verified: 0 differences');
      expect(stderr).to.contain('REPORT_UNWRITABLE').and.contain('ENOSPC');
      expect(readFileSync(report, 'utf8')).to.equal('that of yesterday');
      expect(readdirSync(folder).sort()).to.deep.equal(['blocks.bin', 'r.json']);
    }));

  it('says that a chain differs also where the report of it cannot be written', () => {
    const [first, ...others] = blocks;
    const repeated = first === undefined ? [] : [first, ...others.slice(0, 1), ...others];
    return withChain(async (folder) => {
      const report = join(folder, 'r.json');
      fillDisk(report);
      const { status, stderr } = await replayIn(folder, '--report', report);
      expect(status).to.equal(1);
      expect(stderr).to.contain('REPORT_UNWRITABLE');
    }, repeated);
  });

  it('leaves the saved state where the new one cannot be written, and goes on from it later', () =>
    withChain(async (folder) => {
      const state = join(folder, 'state');
      fileIn(folder, 'blocks.bin', streamOf(blocks.slice(0, 3)));
      expect((await replayIn(folder, '--state', state)).status).to.equal(0);
      const kept = readFileSync(join(state, 'replay.jsonl'));
      fileIn(folder, 'blocks.bin', streamOf(blocks));
      fillDisk(join(state, 'replay.jsonl'));
      const { status, stderr } = await replayIn(folder, '--state', state);
      expect(status).to.equal(3);
      expect(stderr).to.match(/STATE_UNWRITABLE: .*ENOSPC.*: choose another --state, or make room$/);
      expect(readdirSync(state)).to.deep.equal(['replay.jsonl']);
      expect(readFileSync(join(state, 'replay.jsonl')).equals(kept)).to.equal(true);
      const { stdout } = await replayIn(folder, '--state', state, '--json');
      expect(JSON.parse(stdout)).to.include({ resumedFrom: 3, blocks: blocks.length });
    }));

  it('clears away what a run left that was killed, and nothing of one that still runs', () =>
    withChain(async (folder) => {
      const state = join(folder, 'state');
      mkdirSync(state);
      // Larger than any process number of Linux.
      const dead = join(state, 'replay.jsonl.99999999.new');
      const others = ['replay.jsonl.1.new', 'replay.jsonl.bak', 'x.99999999.new'].map((name) =>
        join(state, name),
      );
      for (const path of [dead, ...others]) writeFileSync(path, 'begun');
      expect((await replayIn(folder, '--state', state)).status).to.equal(0);
      expect([dead, ...others].map((path) => existsSync(path))).to.deep.equal([false, true, true, true]);
    }));

  it('takes no folder for a saved state', () =>
    withChain(async (folder) => {
      mkdirSync(join(folder, 'state', 'replay.jsonl'), { recursive: true });
      const { status, stderr } = await replayIn(folder, '--state', join(folder, 'state'));
      expect(status).to.equal(3);
      expect(stderr).to.match(/^.*STATE_UNWRITABLE: /s);
    }));

  it('reads a chain that has no block, or half of one, as nothing that was verified', () =>
    withChain(async (folder) => {
      const stream = streamOf(blocks);
      for (const [bytes, code] of [
        [Buffer.alloc(0), 'SOURCE_NOT_FOUND'],
        [stream.subarray(0, 100), 'SOURCE_TRUNCATED'],
        [stream.subarray(0, stream.length - 1), 'SOURCE_TRUNCATED'],
        [Buffer.concat([stream, Buffer.from([5])]), 'SOURCE_TRUNCATED'],
      ] as const) {
        fileIn(folder, 'blocks.bin', bytes);
        const { status, stdout, stderr } = await replayIn(folder);
        expect([status, stdout]).to.deep.equal([3, '']);
        expect(stderr).to.contain(code);
      }
      rmSync(join(folder, 'blocks.bin'));
      expect((await replayIn(folder)).stderr).to.contain('SOURCE_NOT_FOUND');
    }));
});

describe('passage verify-bundle in unkind hands', function () {
  this.timeout(30_000);
  const verified = (file: string): ReturnType<typeof runCommand> =>
    runCommand(verifyBundleCommand, file, '--genesis', chain.genesisHash);

  it('says of what is no bundle that it is none, what to do, and nothing else', () =>
    withFolder(async (folder) => {
      for (const [file, refusal] of [
        [join(folder, 'none'), /^BUNDLE_FILE_UNUSABLE: .*ENOENT.*: give the file of a bundle$/],
        [folder, /^BUNDLE_FILE_UNUSABLE: .*EISDIR.*: give the file of a bundle$/],
        ['/dev/null', /^BUNDLE_MALFORMED: .*: get the file again, byte for byte, from whoever made it$/],
        ['/dev/zero', /^BUNDLE_TOO_LARGE: .*: ask for one of proofs$/],
        [fileIn(folder, 'chain', streamOf(blocks)), /^BUNDLE_MALFORMED: /],
        [fileIn(folder, 'json', '{}'), /^BUNDLE_MALFORMED: /],
        [
          fileIn(folder, 'newer', '{"format":"passage-evidence-bundle-2"}\n'),
          /^BUNDLE_VERSION: .*: take a newer one$/,
        ],
      ] as const) {
        const { status, stdout, stderr } = await verified(file);
        expect([status, stdout], file).to.deep.equal([3, '']);
        expect(stderr).to.match(refusal);
      }
    }));

  it('is not told without a genesis hash, or with one that is none', async () => {
    expect((await runCommand(verifyBundleCommand, '/dev/null')).status).to.equal(2);
    expect((await runCommand(verifyBundleCommand, '/dev/null', '--genesis', 'abc')).status).to.equal(2);
  });
});
