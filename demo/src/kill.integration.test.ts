import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { layout, up } from '@passage/network-control';
import { expect } from 'chai';
import { countWrites } from './testing/ledger-keys.js';
import { passage } from './testing/passage.js';
import { Terminal } from './testing/terminal.js';

/** Each process of fast mode; none of them may lose or double what was acknowledged when it is killed. */
const victims = ['gateway-port', 'chaincode', 'network', 'gateway-customs', 'gateway-business'];

describe('kill -9 of each process under load', () => {
  const options = {
    dir: mkdtempSync(join(tmpdir(), 'passage-kill-')),
    basePort: 21_600,
    network: 'embedded',
  } as const;
  const at = layout(options.dir, options.basePort);
  let terminal: Terminal;
  /** Aborted when the test is over, also when it fails: nothing goes on sending then. */
  const over = new AbortController();

  before(async () => {
    await up(options);
    terminal = await Terminal.open(at, 'kill');
  });

  after(async () => {
    over.abort();
    await passage('network', 'down', '--dir', options.dir);
    rmSync(options.dir, { recursive: true, force: true });
  });

  async function kill(name: string): Promise<void> {
    const { pid } = JSON.parse(readFileSync(at.runFile(name), 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
    await sleep(200);
    await up(options);
  }

  it('keeps every acknowledged statement, once', async () => {
    const enough = new AbortController();
    const signal = AbortSignal.any([over.signal, enough.signal]);
    const sending = (async () => {
      while (!signal.aborted) await terminal.insist(over.signal);
    })();
    for (const victim of victims) {
      await sleep(400);
      await kill(victim);
    }
    await sleep(400);
    enough.abort();
    await sending;

    await terminal.allRecorded();
    const writes = await countWrites(options.dir, 'statement/');
    expect(terminal.acknowledged.size).to.be.above(victims.length);
    expect(writes.size).to.equal(terminal.acknowledged.size);
    for (const key of terminal.acknowledged.values()) expect(writes.get(key), key).to.equal(1);
  });
});
