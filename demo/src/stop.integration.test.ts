import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { down, layout, status } from '@passage/network-control';
import { expect } from 'chai';

const script = fileURLToPath(new URL('../../test-network.sh', import.meta.url));

describe('the demo that stays up', () => {
  const dir = mkdtempSync(join(tmpdir(), 'passage-stop-'));
  const at = layout(dir, 28_700);

  after(async () => {
    await down(at);
    rmSync(dir, { recursive: true, force: true });
  });

  /** Starts it as in a terminal, in a process group of its own, and returns when its story is told. */
  async function demo() {
    const args = ['demo', '--embedded', '--limit', '1', '--dir', dir, '--base-port', '28200'];
    const child = spawn(script, args, {
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit') as Promise<[number | null]>;
    await new Promise<void>((resolve, reject) => {
      let said = '';
      child.stdout.on('data', (bytes: Buffer) => {
        said += bytes.toString();
        if (said.includes('It stays up until Ctrl-C.')) resolve();
      });
      child.once('exit', (code) => reject(new Error(`the demo ended with ${String(code)}: ${said}`)));
    });
    const { pid } = child;
    if (pid === undefined) throw new Error('the demo was not started');
    return { pid, ended };
  }

  // Ctrl-C reaches every process of the terminal's group, a plain kill only the one that is named.
  for (const [signal, group] of [
    ['SIGINT', -1],
    ['SIGTERM', 1],
  ] as const) {
    it(`stops everything that it started at ${signal}, and says that all went well`, async () => {
      const { pid, ended } = await demo();
      expect(status(at).every(({ state }) => state === 'running')).to.equal(true);
      process.kill(group * pid, signal);
      const [code] = await ended;
      expect(code).to.equal(0);
      expect(status(at).every(({ state }) => state === 'stopped')).to.equal(true);
      for (const log of readdirSync(join(dir, 'logs')))
        expect(readFileSync(join(dir, 'logs', log), 'utf8'), log).not.to.match(
          /unhandledRejection|UnhandledPromise|^ +at /m,
        );
    });
  }
});
