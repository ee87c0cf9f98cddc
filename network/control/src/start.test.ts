import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { down } from './down.js';
import { layout, type Layout } from './layout.js';
import { runningPid } from './pid-file.js';
import type { PlannedProcess } from './planned-process.js';
import { start } from './start.js';
import { status } from './status.js';

describe('start', () => {
  let folder: string;
  let at: Layout;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'passage-control-'));
    at = layout(folder, 18_400);
  });

  afterEach(async () => {
    await down(at);
    rmSync(folder, { recursive: true, force: true });
  });

  /** A program of the test's own under the name of a planned process, as a step that is to end. */
  function step(source: string): PlannedProcess {
    const file = join(folder, 'program.mjs');
    writeFileSync(file, source);
    return { name: 'network', program: file, args: [], env: { GREETING: 'hello' }, ports: [], after: [] };
  }

  /** The same as a process that serves. */
  const program = (source: string): PlannedProcess => ({ ...step(source), readyText: '{"ready":true' });

  const serves = `
    console.log('starting');
    console.log(JSON.stringify({ ready: true, greeting: process.env.GREETING }));
    setInterval(() => {}, 1000);`;

  it('waits until the program says that it is ready, and notes its pid', async () => {
    await start(at, program(serves));
    const pid = runningPid(at.runFile('network'));
    expect(pid).to.be.a('number');
    expect(readFileSync(at.logFile('network'), 'utf8'))
      .to.contain('starting')
      .and.to.contain('"greeting":"hello"');
  });

  it('refuses with the last words of a program that ends before it is ready', async () => {
    const failing = program(`console.error('LEDGER_LOCKED: process 7 uses this folder.'); process.exit(3);`);
    const refusal = await start(at, failing).catch((error: unknown) => error);
    expect(refusal).to.include({ code: 'PROCESS_FAILED' });
    expect((refusal as Error).message).to.contain('LEDGER_LOCKED: process 7 uses this folder.');
    expect(runningPid(at.runFile('network'))).to.equal(undefined);
  });

  it('runs a step to its end, and refuses one that ends badly', async () => {
    await start(at, step(`console.log('done')`));
    expect(readFileSync(at.logFile('network'), 'utf8')).to.contain('done');
    expect(status(at).find((one) => one.name === 'network')?.state).to.equal('stopped');
    const failing = step(`console.error('CA_REFUSED: no.'); process.exit(3)`);
    const refusal = await start(at, failing).catch((error: unknown) => error);
    expect(refusal).to.include({ code: 'PROCESS_FAILED' });
    expect((refusal as Error).message).to.contain('CA_REFUSED: no.');
  });

  it('refuses a program that was not built', async () => {
    const refusal = await start(at, { ...program(''), program: join(folder, 'nowhere.js') }).catch(
      (error: unknown) => error,
    );
    expect(refusal).to.include({ code: 'NOT_BUILT' });
  });

  it('does not take an old ready line of the same log for a new one', async () => {
    await start(at, program(serves));
    await down(at);
    const refusal = await start(at, program(`process.exit(1)`)).catch((error: unknown) => error);
    expect(refusal).to.include({ code: 'PROCESS_FAILED' });
  });

  it('tells a process that was killed from one that was stopped', async () => {
    await start(at, program(serves));
    const pid = runningPid(at.runFile('network'));
    process.kill(pid!, 'SIGKILL');
    while (runningPid(at.runFile('network')) !== undefined)
      await new Promise((resolve) => setTimeout(resolve, 5));
    expect(status(at).find((one) => one.name === 'network')).to.deep.equal({
      name: 'network',
      state: 'dead',
    });
    await down(at);
    expect(status(at).find((one) => one.name === 'network')).to.deep.equal({
      name: 'network',
      state: 'stopped',
    });
  });
});
