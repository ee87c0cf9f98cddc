import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect } from 'chai';

import { networkPaths } from './paths.js';
import { temporaryFolder } from './pki/organizations-fixture.js';

const BASE_PORT = 23_600;

interface Ready {
  readonly height: number;
  readonly genesisHash: string;
}

describe('main of the embedded network', function () {
  this.timeout(60_000);
  let dir: string;
  let running: ChildProcessWithoutNullStreams[];

  beforeEach(() => {
    dir = temporaryFolder();
    running = [];
  });
  afterEach(async () => {
    for (const child of running) {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
    }
    rmSync(dir, { recursive: true, force: true });
  });

  function start(...args: readonly string[]): ChildProcessWithoutNullStreams {
    const program = fileURLToPath(new URL('./main.js', import.meta.url));
    const child = spawn(process.execPath, [program, '--dir', dir, '--base-port', String(BASE_PORT), ...args]);
    running.push(child);
    return child;
  }

  const startVersion = (version: string): ChildProcessWithoutNullStreams =>
    start('--chaincode-version', version);

  async function ready(child: ChildProcessWithoutNullStreams): Promise<Ready> {
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    return JSON.parse(line.toString()) as Ready;
  }

  /** Exit code and everything that was said on stderr. */
  async function failure(
    child: ChildProcessWithoutNullStreams,
  ): Promise<{ code: number | null; words: string }> {
    let words = '';
    child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
    await once(child, 'close');
    return { code: child.exitCode, words };
  }

  async function stop(child: ChildProcessWithoutNullStreams): Promise<number | null> {
    child.kill('SIGTERM');
    await once(child, 'exit');
    return child.exitCode;
  }

  it('starts, stops cleanly and goes on where it stopped', async () => {
    const first = startVersion('1-abc');
    const { height, genesisHash } = await ready(first);
    expect(height).to.equal(3);
    expect(await stop(first)).to.equal(0);
    const paths = networkPaths(dir);
    const trust = JSON.parse(readFileSync(paths.trust, 'utf8')) as Ready;
    expect(trust.genesisHash).to.equal(genesisHash);

    const second = startVersion('1-abc');
    expect(await ready(second)).to.deep.include({ height: 3, genesisHash });
    second.kill('SIGKILL');
    await once(second, 'exit');

    expect(await ready(startVersion('1-def'))).to.deep.include({ height: 5, genesisHash });
  });

  it('says what it is, and serves a CA that only its own TLS root vouches for', async () => {
    const child = startVersion('1');
    const said = once(child.stderr, 'data') as Promise<[Buffer]>;
    await ready(child);
    expect((await said)[0].toString()).to.contain(
      "embedded development network: one process holds every organisation's key",
    );
    const tlsRoot = readFileSync(networkPaths(dir).organization('port').tlsCaCert);
    const answer = (await get(BASE_PORT + 12, '/api/v1/cainfo', tlsRoot)) as { success: boolean };
    expect(answer.success).to.equal(true);
    const missing = (await get(BASE_PORT + 12, '/api/v1/nothing', tlsRoot)) as { errors: unknown[] };
    expect(missing.errors).to.have.length(1);
    const foreign = readFileSync(networkPaths(dir).organization('customs').tlsCaCert);
    expect(await get(BASE_PORT + 12, '/api/v1/cainfo', foreign).catch((error: unknown) => error)).to.be.an(
      'error',
    );
  });

  it('refuses a second instance on the same folder, naming the first', async () => {
    const first = startVersion('1');
    await ready(first);
    const { code, words } = await failure(
      start('--chaincode-version', '1', '--base-port', String(BASE_PORT + 100)),
    );
    expect(code).to.equal(3);
    expect(words).to.contain(`LEDGER_LOCKED: process ${String(first.pid)} is running on`);
  });

  it('names the port that is in use, and leaves nothing running', async () => {
    const occupant = createServer().listen(BASE_PORT + 11, '127.0.0.1');
    await once(occupant, 'listening');
    const { code, words } = await failure(startVersion('1'));
    expect(code).to.equal(3);
    expect(words).to.contain(`PORT_IN_USE: port ${BASE_PORT + 11} is in use`);
    expect(words).not.to.contain('    at ');
    occupant.close();
    await once(occupant, 'close');
    expect((await ready(startVersion('1'))).height).to.equal(3);
  });

  it('refuses a ledger that the trust file does not vouch for', async () => {
    const child = startVersion('1');
    await ready(child);
    await stop(child);
    const { trust } = networkPaths(dir);
    const changed = readFileSync(trust, 'utf8').replace(/"genesisHash": ".{4}/, '"genesisHash": "0000');
    writeFileSync(trust, changed);
    const { code, words } = await failure(startVersion('1'));
    expect(code).to.equal(3);
    expect(words).to.contain('LEDGER_MISMATCH');
  });

  it('refuses a block file that was changed', async () => {
    const child = startVersion('1');
    await ready(child);
    await stop(child);
    const { ledger } = networkPaths(dir);
    const file = join(ledger, 'blockfile_000000');
    writeFileSync(file, readFileSync(file).fill(1, 1000, 1200));
    rmSync(join(ledger, 'state.sqlite'));
    const { code, words } = await failure(startVersion('1'));
    expect(code).to.equal(3);
    expect(words).to.contain('LEDGER_DAMAGED');
  });

  it('refuses a folder that cannot be one', async () => {
    const file = join(dir, 'file');
    writeFileSync(file, '');
    const { code, words } = await failure(start('--chaincode-version', '1', '--dir', file));
    expect(code).to.equal(3);
    expect(words).to.contain('FOLDER_UNUSABLE');
    expect(words).not.to.contain('    at ');
  });

  it('says how it is used when it is used wrongly', async () => {
    for (const args of [
      [],
      ['--chaincode-version', 'ü'],
      ['--chaincode-version', '1', '--base-port', 'x'],
      ['--what'],
    ]) {
      const { code, words } = await failure(start(...args));
      expect(code, args.join(' ')).to.equal(2);
      expect(words).to.match(/^USAGE: .*usage: main.js/s);
    }
  });
});

function get(port: number, path: string, ca: Buffer): Promise<unknown> {
  return new Promise((resolve, reject) => {
    request({ host: 'localhost', port, path, ca }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => {
        resolve(JSON.parse(text));
      });
    })
      .on('error', reject)
      .end();
  });
}
