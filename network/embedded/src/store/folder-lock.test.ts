import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { expect } from 'chai';

import { temporaryFolder } from '../pki/organizations-fixture.js';
import { lockFolder } from './folder-lock.js';

describe('lockFolder', () => {
  it('refuses a second holder and names the first', () => {
    const folder = temporaryFolder();
    const lock = lockFolder(folder);
    expect(() => lockFolder(folder))
      .to.throw(`process ${process.pid} is running on ${folder}`)
      .with.property('code', 'LEDGER_LOCKED');
    lock.release();
    lockFolder(folder).release();
  });

  it('takes over from a process that was killed, and not before', async function () {
    this.timeout(20_000);
    const folder = temporaryFolder();
    const program = `
      import { lockFolder } from ${JSON.stringify(new URL('./folder-lock.js', import.meta.url).href)};
      globalThis.held = lockFolder(${JSON.stringify(folder)});
      console.log('held');
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program]);
    await once(child.stdout, 'data');
    expect(() => lockFolder(folder)).to.throw(`process ${String(child.pid)} is running`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    lockFolder(folder).release();
  });
});
