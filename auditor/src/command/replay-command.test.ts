import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { writeFrame } from '@passage/ledger';
import { blocksOf, fileIn, GENESIS, recordedFolder, withFolder } from '../testing/recorded-folder.js';
import { runCommand } from '../testing/run-command.js';
import { replayCommand } from './replay-command.js';

const passageReplay = (...args: string[]): ReturnType<typeof runCommand> =>
  runCommand(replayCommand, ...args);

describe('passage replay', function () {
  this.timeout(60_000);

  it('exits with 0 and says what it checked and what not', async function () {
    const { folder } = recordedFolder(this);
    const { status, stdout } = await passageReplay('--from', folder, '--genesis', GENESIS.toUpperCase());
    expect(status).to.equal(0);
    expect(stdout).to.match(/orderer-quorum +182/);
    expect(stdout)
      .to.include('0 transactions rerun')
      .and.include('no package given for basket, sequence 1, version 1');
    expect(stdout).to.include('what a signed statement says').and.include('custody rules: no act of');
    expect(stdout.trimEnd().endsWith('verified: 0 differences')).to.equal(true);
  });

  it('ends on one JSON object with the genesis hash of a trust file', async function () {
    const { folder } = recordedFolder(this);
    await withFolder(async (dir) => {
      const trust = fileIn(
        dir,
        'trust.json',
        JSON.stringify({ format: 'passage-trust-1', genesisHash: GENESIS }),
      );
      const { status, stdout } = await passageReplay('--from', folder, '--trust', trust, '--json');
      expect(status).to.equal(0);
      const report = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown>;
      expect(report).to.deep.include({
        blocks: 183,
        transactions: 292,
        differences: 0,
        firstDifference: null,
      });
    });
  });

  it('writes a report as a page and as an object', async function () {
    const { folder } = recordedFolder(this);
    await withFolder(async (dir) => {
      const at = (name: string): readonly string[] => ['--report', join(dir, name)];
      const asked = ['--from', folder, '--genesis', GENESIS, '--level', 'ledger'];
      expect((await passageReplay(...asked, ...at('r.html'))).status).to.equal(0);
      const page = readFileSync(join(dir, 'r.html'), 'utf8');
      expect(page).to.include(GENESIS).and.include('verified: 0 differences').and.include('blocks 0 to 182');
      expect(page)
        .to.include('re-execution: that the chaincode, run again')
        .and.not.match(/<script|https?:/);
      expect((await passageReplay(...asked, ...at('r.json'))).status).to.equal(0);
      const report = JSON.parse(readFileSync(join(dir, 'r.json'), 'utf8')) as object;
      expect(report).to.deep.include({ level: 'ledger', blocks: 183, differences: 0, version: '0.1.0' });
      const nowhere = await passageReplay(...asked, ...at('absent/r.json'));
      expect(nowhere.status).to.equal(3);
      expect(nowhere.stderr).to.include('REPORT_UNWRITABLE');
    });
  });

  it('exits with 1 and names the first difference of another chain', async function () {
    const { folder } = recordedFolder(this);
    const { status, stdout } = await passageReplay('--from', folder, '--genesis', 'ab'.repeat(32));
    expect(status).to.equal(1);
    expect(stdout).to.include(`found ${GENESIS}`);
    expect(stdout).to.include('NOT verified: 1 difference');
  });

  it('exits with 1 where the source breaks off behind a difference, with 3 where nothing had differed', async function () {
    const { stream } = recordedFolder(this);
    await withFolder(async (dir) => {
      const cut = fileIn(dir, 'blocks.bin', stream.subarray(0, -100));
      const sound = await passageReplay('--from', cut, '--genesis', GENESIS, '--all');
      expect(sound).to.deep.include({ status: 3, stdout: '' });
      expect(sound.stderr).to.include('SOURCE_TRUNCATED');
      const altered = Buffer.from(stream.subarray(0, -100));
      altered[altered.lastIndexOf('yellow')] = 0;
      const differs = await passageReplay(
        '--from',
        fileIn(dir, 'blocks.bin', altered),
        '--genesis',
        GENESIS,
        '--all',
      );
      expect(differs.status).to.equal(1);
      expect(differs.stdout).to.include('DIFFERENCE block').and.include('could not read on');
      expect(differs.stdout).to.include('SOURCE_TRUNCATED');
    });
  });

  it('goes on from a saved state, exits with 1 where the chain was rolled back, with 3 where the state was edited', async function () {
    const { stream } = recordedFolder(this);
    await withFolder(async (dir) => {
      const [state, blocks] = [join(dir, 'state'), blocksOf(stream).map((bytes) => writeFrame(bytes))];
      const night = (count: number): ReturnType<typeof passageReplay> => {
        const from = fileIn(dir, 'blocks.bin', Buffer.concat(blocks.slice(0, count)));
        return passageReplay('--from', from, '--genesis', GENESIS, '--level', 'hash', '--state', state);
      };
      expect(await night(100)).to.deep.include({ status: 0 });
      const next = await night(120);
      expect(next.status).to.equal(0);
      expect(next.stdout)
        .to.include('the first 100 blocks were judged by earlier runs')
        .and.match(/chain-link +120/);
      const back = await night(90);
      expect(back.status).to.equal(1);
      expect(back.stdout).to.match(
        /DIFFERENCE block 89: chain-link: expected block 119 .* rollback: the chain ends at block 89/,
      );
      expect(back.stdout).to.include('nothing was judged').and.not.include('--all');
      const file = join(state, 'replay.jsonl');
      fileIn(state, 'replay.jsonl', readFileSync(file, 'utf8').replace('"blocks":120', '"blocks":119'));
      const edited = await night(120);
      expect(edited.status).to.equal(3);
      expect(edited.stderr).to.include('STATE_ALTERED');
    });
  });

  it('exits with 2 for a genesis hash that is none', async () => {
    expect((await passageReplay('--genesis', 'abc')).status).to.equal(2);
    expect((await passageReplay('--report', 'report.txt')).status).to.equal(2);
    expect((await passageReplay('--threads', '0')).status).to.equal(2);
    expect((await passageReplay('--expect-state', 'ab'.repeat(32))).status).to.equal(2);
    expect((await passageReplay('--nonsense')).status).to.equal(2);
  });

  it('exits with 3 where it finds nothing to start from, or nothing to read', () =>
    withFolder(async (dir) => {
      const noTrust = await passageReplay('--dir', join(dir, 'absent'));
      expect(noTrust.status).to.equal(3);
      expect(noTrust.stderr).to.include('TRUST_UNUSABLE').and.include('--genesis HASH');
      const bad = fileIn(dir, 'trust.json', '{"format":"passage-trust-1","genesisHash":"0"}');
      expect((await passageReplay('--trust', bad)).stderr).to.include('has no genesisHash');
      const noSource = await passageReplay('--from', join(dir, 'absent'), '--genesis', GENESIS);
      expect(noSource.status).to.equal(3);
      expect(noSource.stderr).to.include('SOURCE_NOT_FOUND');
    }));
});
