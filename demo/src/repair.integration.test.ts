import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { down, layout } from '@passage/network-control';
import { expect } from 'chai';
import { countWrites } from './testing/ledger-keys.js';
import { lastSummary, type Outcome, passage, run } from './testing/passage.js';
import { Terminal } from './testing/terminal.js';

describe('a folder that was started in faithful mode', () => {
  const dir = mkdtempSync(join(tmpdir(), 'passage-repair-'));
  const at = layout(dir, 28_500);
  const gatewayFolder = join(dir, 'gateways', 'port');

  const network = (...args: readonly string[]) => passage('network', ...args, '--dir', dir);

  /** One sentence with what it should say, the exit code, and no stack. */
  function expectRefusal({ code, stderr }: Outcome, says: string): void {
    expect(stderr)
      .to.contain(says)
      .and.not.to.match(/^\s+at /m);
    expect(code).to.equal(3);
  }

  async function kill(name: string): Promise<void> {
    const { pid } = JSON.parse(readFileSync(at.runFile(name), 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
    await sleep(100);
  }

  /** Runs `up` while a file of the folder holds something else, and puts it back. */
  async function upWith(file: string, content: string | undefined): Promise<Outcome> {
    renameSync(file, `${file}.kept`);
    if (content !== undefined) writeFileSync(file, content);
    const outcome = await network('up');
    renameSync(`${file}.kept`, file);
    return outcome;
  }

  before(async () => {
    const started = await network('up', '--embedded', '--faithful', '--base-port', '28500');
    expect(started.code, started.stderr).to.equal(0);
  });

  after(async () => {
    await network('down');
    rmSync(dir, { recursive: true, force: true });
  });

  it('runs already when it is brought up again, and cannot be started otherwise meanwhile', async () => {
    expect((await network('up')).stdout).to.contain('Everything runs already.');
    expectRefusal(await network('up', '--no-faithful'), 'RUNS_OTHERWISE');
    expectRefusal(await network('up', '--base-port', '28600'), 'RUNS_OTHERWISE');
  });

  it('admits no second network and no second gateway', async () => {
    const second = (program: 'network' | 'gateway', ...args: readonly string[]) =>
      run(process.execPath, [at.program(program), '--dir', dir, ...args]);
    expectRefusal(
      await second('network', '--chaincode-version', '1', '--base-port', '28600'),
      'LEDGER_LOCKED: process',
    );
    expectRefusal(await second('gateway', '--org', 'port', '--port', '28699'), 'FOLDER_IN_USE');
  });

  it('tells which chaincode died, and is repaired in its own mode', async () => {
    expect((await network('status')).code).to.equal(0);
    await kill('chaincode-port');
    const sick = await network('status');
    expect(sick.stdout).to.match(/chaincode-port +dead/);
    expect(sick.code).to.equal(1);
    const doctor = await network('doctor');
    expect(doctor.stdout).to.contain('chaincode-port').and.to.contain('mend it with: ./test-network.sh up');
    expect(doctor.code).to.equal(1);
    expect((await network('up', '--json')).stdout).to.contain('"started":["chaincode-port"]');
    expect((await network('status')).code).to.equal(0);
  });

  it('carries the demo, which leaves running what ran before', async () => {
    const demo = await passage('demo', '--once', '--json', '--limit', '2', '--dir', dir);
    expect(demo.code, demo.stderr).to.equal(0);
    expect(lastSummary(demo).audit.differences).to.equal(0);
    expect((await network('status')).code).to.equal(0);
  });

  it('names a profile or trust file that is missing or damaged, and keeps what is recorded', async () => {
    await kill('gateway-port');
    expectRefusal(await upWith(at.trust, undefined), 'trust.json cannot be read');
    expectRefusal(await upWith(at.trust, '{"format":'), 'trust.json is not JSON');
    expectRefusal(await upWith(at.profile, '{'), 'profile.json is not JSON');
    expect((await network('up', '--json')).stdout).to.contain('"started":["gateway-port"]');
  });

  it('loses nothing with a gateway’s databases: the index is made again, the outbox is left alone', async () => {
    const terminal = await Terminal.open(at, 'repair');
    await terminal.send(20);
    await kill('gateway-port');
    const noDatabase = 'this is no database, and longer than a header of SQLite. '.repeat(20);
    const outbox = join(gatewayFolder, 'operational.sqlite');
    renameSync(`${outbox}-wal`, `${outbox}-wal.kept`);
    expectRefusal(await upWith(outbox, noDatabase), 'STORAGE_DAMAGED');
    renameSync(`${outbox}-wal.kept`, `${outbox}-wal`);
    for (const end of ['-wal', '-shm']) rmSync(join(gatewayFolder, `index.sqlite${end}`), { force: true });
    writeFileSync(join(gatewayFolder, 'index.sqlite'), noDatabase);
    const started = await network('up');
    expect(started.code, started.stderr).to.equal(0);
    await terminal.allRecorded();
    const writes = await countWrites(dir, 'statement/');
    for (const key of terminal.acknowledged.values()) expect(writes.get(key)).to.equal(1);
  });

  it('stops once, stays stopped, and continues in the same mode', async () => {
    expect((await network('down')).stdout).to.contain('chaincode-auditor');
    expect((await network('down')).stdout).to.contain('Nothing ran.');
    expect((await network('status')).code).to.equal(1);
    expect((await network('up')).stdout).to.contain('chaincode-auditor');
    const reset = await network('reset');
    expect(reset.stderr).to.contain('Nothing was removed.');
    expect(reset.code).to.equal(1);
    expect((await network('reset', '--yes')).code).to.equal(0);
    expect(await down(at)).to.deep.equal([]);
  });
});
