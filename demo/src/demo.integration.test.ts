import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { layout, status } from '@passage/network-control';
import { expect } from 'chai';
import type { Summary } from './summary.js';
import { lastSummary, passage } from './testing/passage.js';

const script = fileURLToPath(new URL('../../test-network.sh', import.meta.url));
const basePort = 21_400;

/** One demo after the other on one network, which lasts from each to the next. */
describe('demo on the embedded network', () => {
  const folder = mkdtempSync(join(tmpdir(), 'passage-demo-'));
  const at = layout(folder, basePort);
  const place = ['--embedded', '--dir', folder, '--base-port', String(basePort)];
  let told: Summary;

  after(async () => {
    await passage('network', 'down', '--dir', folder);
    rmSync(folder, { recursive: true, force: true });
  });

  it('tells the story of the sample', async () => {
    const outcome = await passage('demo', '--once', '--json', ...place);
    expect(outcome.code, outcome.stderr).to.equal(0);
    told = lastSummary(outcome);
    expect(told).to.deep.include({ network: 'embedded', shipments: 12 });
    expect(told.statements.sent).to.equal(told.statements.accepted + 2);
    expect(told.statements.refused).to.deep.equal({ SIGNATURE_INVALID: 1, KEY_UNKNOWN: 1 });
    expect(told.attempts.at(-1)?.stoppedBy).to.match(/^block \d+: data-hash/);
    expect(told.audit.differences).to.equal(0);
    expect(told.audit.blocks).to.equal(told.height);
    expect(told.verification.asOfBlock).to.be.at.most(told.height - 1);
    expect(told.verification.checks).to.include.members([
      'orderer-quorum',
      'endorsement-policy',
      'commit-hash',
    ]);
    expect(outcome.stderr)
      .to.contain(told.trace.ucr)
      .and.to.contain('key held by gateway')
      .and.to.contain('plate_reader')
      .and.to.match(/customs: inspection 1, scan by TERMINAL-\w+: ordered.*imaged.*judged.*; conforming/)
      .and.to.contain('goods released by OFFICER-');
  });

  it('leaves an index that the ledger confirms, and one that was changed is noticed', async () => {
    const digest = join(folder, 'digest.json');
    const against = ['--dir', folder, '--from', join(folder, 'network', 'ledger'), '--index', digest];
    expect((await passage('index-digest', '--dir', folder, '--out', digest)).code).to.equal(0);
    const alike = await passage('compare', ...against);
    expect(alike.code, alike.stdout).to.equal(0);
    writeFileSync(digest, readFileSync(digest, 'utf8').replace(/"passage custody": \{\s*"keys": /, '$&1'));
    const differs = await passage('compare', ...against);
    expect(differs.code).to.equal(1);
    expect(differs.stdout).to.match(/DIFFERENCE block \d+: state: .* keys of passage custody/);
  });

  /** Starts it as in a terminal, in a process group of its own, and returns when its story is told. */
  async function staying() {
    const child = spawn(script, ['demo', '--json', ...place], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = once(child, 'exit') as Promise<[number | null]>;
    const said = { stdout: '', stderr: '' };
    await new Promise<void>((resolve, reject) => {
      for (const stream of ['stdout', 'stderr'] as const)
        child[stream].on('data', (bytes: Buffer) => {
          said[stream] += bytes.toString();
          if (said.stdout.endsWith('}\n') && said.stderr.includes('It stays up until Ctrl-C.')) resolve();
        });
      child.once('exit', (code) => reject(new Error(`the demo ended with ${String(code)}: ${said.stderr}`)));
    });
    const { pid } = child;
    if (pid === undefined) throw new Error('the demo was not started');
    return { pid, ended, summary: lastSummary({ code: null, ...said }) };
  }

  /** Sends the signal; then all that was started has stopped, and no log tells of a crash. */
  async function expectStopped(
    { pid, ended }: Awaited<ReturnType<typeof staying>>,
    signal: NodeJS.Signals,
  ): Promise<void> {
    expect(status(at).every(({ state }) => state === 'running')).to.equal(true);
    process.kill(pid, signal);
    const [code] = await ended;
    expect(code).to.equal(0);
    expect(status(at).every(({ state }) => state === 'stopped')).to.equal(true);
    for (const log of readdirSync(join(folder, 'logs')))
      expect(readFileSync(join(folder, 'logs', log), 'utf8'), log).not.to.match(
        /unhandledRejection|UnhandledPromise|^ +at /m,
      );
  }

  it('tells the same again without writing anything twice, stays up, and stops all at Ctrl-C', async () => {
    const demo = await staying();
    expect(demo.summary.height).to.equal(told.height);
    expect(demo.summary.trace).to.deep.equal(told.trace);
    expect(demo.summary.statements).to.deep.equal(told.statements);
    // Ctrl-C reaches every process of the terminal's group.
    await expectStopped({ ...demo, pid: -demo.pid }, 'SIGINT');
  });

  it('stops all that it started at a plain kill, which reaches only the one that is named', async () => {
    await expectStopped(await staying(), 'SIGTERM');
  });

  it('says in a sentence that the declarations are not there', async () => {
    const outcome = await passage('demo', ...place, '--declarations', join(folder, 'nothing.csv'));
    expect(outcome.code).to.equal(3);
    expect(outcome.stderr).to.contain('DECLARATIONS_NOT_FOUND').and.not.to.contain('    at ');
  });
});
