import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { layout, up } from '@passage/network-control';
import { expect } from 'chai';
import { RefusedError } from './graphql-client.js';
import { countWrites } from './testing/ledger-keys.js';
import { passage } from './testing/passage.js';
import { SmallDisk } from './testing/small-disk.js';
import { Terminal } from './testing/terminal.js';

/** Room that is left for the load to use up. */
const room = 256 * 1024;

describe('a full disk', () => {
  const options = {
    dir: mkdtempSync(join(tmpdir(), 'passage-full-')),
    basePort: 28_400,
    network: 'embedded',
  } as const;
  const at = layout(options.dir, options.basePort);
  const disks: { ledger?: SmallDisk; gateway?: SmallDisk } = {};
  let terminal: Terminal;

  before(async function () {
    const ledger = SmallDisk.mount(join(at.network, 'ledger'), 16);
    const gateway = SmallDisk.mount(join(options.dir, 'gateways', 'port'), 16);
    if (ledger === undefined || gateway === undefined) {
      ledger?.unmount();
      process.stdout.write('not run: a full disk (this user may not mount a small one)\n');
      this.skip();
    }
    Object.assign(disks, { ledger, gateway });
    await up(options);
    terminal = await Terminal.open(at, 'full');
  });

  after(async () => {
    await passage('network', 'down', '--dir', options.dir);
    disks.ledger?.unmount();
    disks.gateway?.unmount();
    rmSync(options.dir, { recursive: true, force: true });
  });

  /** Why the port's gateway calls itself not ready. */
  const reasons = async (): Promise<string> => {
    const response = await fetch(`http://127.0.0.1:${String(at.port('port', 'gateway'))}/health`);
    const health = (await response.json()) as { ready: boolean; reasons: readonly string[] };
    expect(response.status).to.equal(health.ready ? 200 : 503);
    return health.reasons.join('; ');
  };

  async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
    for (let tries = 0; !(await holds()); tries++) {
      if (tries > 600) throw new Error(`never came true: ${what}; the gateway says: ${await reasons()}`);
      await sleep(50);
    }
  }

  async function everyAcknowledgedStatementIsThereOnce(): Promise<void> {
    await terminal.allRecorded();
    const writes = await countWrites(options.dir, 'statement/');
    const once = new Map([...terminal.acknowledged.values()].map((key) => [key, 1]));
    expect(writes).to.deep.equal(once);
  }

  it('of the ledger: orderers refuse and say why, and take up again when there is room', async () => {
    disks.ledger?.leave(room);
    await until('the ledger’s disk is full', async () => {
      await terminal.send(50);
      return readFileSync(at.logFile('network'), 'utf8').includes('STORAGE_FULL');
    });
    await terminal.send(5);
    await until('health says why', async () => (await reasons()).includes('STORAGE_FULL'));

    disks.ledger?.grow(32);
    await everyAcknowledgedStatementIsThereOnce();
    await until('ready again', async () => (await reasons()) === '');
    const replay = await passage('replay', '--dir', options.dir);
    expect(replay.code, replay.stdout).to.equal(0);
  });

  it('of a gateway: it refuses and says what to do, and goes on by itself when there is room', async () => {
    disks.gateway?.leave(room);
    let refusal: unknown;
    while (refusal === undefined) refusal = await terminal.send(50).catch((error: unknown) => error);
    expect(refusal).to.be.instanceOf(RefusedError).and.to.include({ code: 'STORAGE_FULL' });
    expect(refusal).to.have.property('next').that.contains('Make room');
    await until('health says why', async () => (await reasons()).includes('STORAGE_FULL'));

    disks.gateway?.grow(32);
    await everyAcknowledgedStatementIsThereOnce();
    await terminal.send(1);
    await everyAcknowledgedStatementIsThereOnce();
    await until('ready again', async () => (await reasons()) === '');
  });
});
