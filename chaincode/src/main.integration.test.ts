import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { connect, type ConnectionOptions } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { creator, creatorKey } from './testing/creator.js';

const main = fileURLToPath(new URL('main.js', import.meta.url));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('the chaincode service', () => {
  const started: ChildProcess[] = [];
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'passage-chaincode-'));
  });

  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function file(name: string, content: string | Uint8Array): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }

  /** The first line that the service prints. */
  async function start(env: Readonly<Record<string, string>>): Promise<unknown> {
    const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'ignore'] });
    started.push(child);
    for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line) as unknown;
    throw new Error('the service ended without a word');
  }

  /** How a start ends that cannot work. */
  function fail(env: Readonly<Record<string, string>>): {
    readonly status: number | null;
    readonly stderr: string;
  } {
    return spawnSync(process.execPath, [main], { env, encoding: 'utf8', timeout: 20_000 });
  }

  it('says in one line of JSON that it listens, and where', async () => {
    const address = `127.0.0.1:${String(await freePort())}`;
    const line = await start({ CORE_CHAINCODE_ID: 'passage_1:abc', CORE_CHAINCODE_ADDRESS: address });
    expect(line).to.deep.equal({ ready: true, ccid: 'passage_1:abc', address, security: 'plain text' });
  });

  it('lets in only who shows a certificate of the CA, where one is given', async () => {
    const port = await freePort();
    const certificate = creator({ mspId: 'x', commonName: 'localhost' }).idBytes;
    const [key, cert] = [file('key.pem', creatorKey), file('cert.pem', certificate)];
    const line = await start({
      CORE_CHAINCODE_ID: 'passage_1:abc',
      CORE_CHAINCODE_ADDRESS: `127.0.0.1:${String(port)}`,
      CORE_CHAINCODE_TLS_KEY_FILE: key,
      CORE_CHAINCODE_TLS_CERT_FILE: cert,
      CORE_CHAINCODE_TLS_CLIENT_CACERT_FILE: cert,
    });
    expect(line).to.deep.include({ ready: true, security: 'mutual TLS' });
    const server = { port, host: '127.0.0.1', rejectUnauthorized: false, ALPNProtocols: ['h2'] };
    expect(await greeting(server)).to.equal('refused');
    expect(await greeting({ ...server, key: creatorKey, cert: Buffer.from(certificate) })).to.equal('served');
  });

  it('says which variable is missing', () => {
    const { status, stderr } = fail({ CORE_CHAINCODE_ID: 'x' });
    expect(stderr).to.equal('The chaincode cannot start: CORE_CHAINCODE_ADDRESS is not set\n');
    expect(status).to.equal(2);
  });

  it('refuses half of a TLS configuration, and a file that is not there', () => {
    const env = { CORE_CHAINCODE_ID: 'x', CORE_CHAINCODE_ADDRESS: '127.0.0.1:1' };
    const key = file('key.pem', creatorKey);
    for (const [half, message] of [
      [{ CORE_CHAINCODE_TLS_KEY_FILE: key }, 'TLS needs both'],
      [{ CORE_CHAINCODE_TLS_CLIENT_CACERT_FILE: key }, 'but no key and certificate'],
      [{ CORE_CHAINCODE_TLS_KEY_FILE: join(folder, 'none') }, 'CORE_CHAINCODE_TLS_KEY_FILE names a file'],
    ] as const) {
      const { status, stderr } = fail({ ...env, ...half });
      expect(stderr).to.contain(message);
      expect(status).to.equal(2);
    }
  });

  it('says that the address is taken', async () => {
    const address = `127.0.0.1:${String(await freePort())}`;
    const env = { CORE_CHAINCODE_ID: 'x', CORE_CHAINCODE_ADDRESS: address };
    await start(env);
    const { status, stderr } = fail(env);
    expect(stderr).to.contain('The chaincode cannot start: ').and.to.contain('EADDRINUSE');
    expect(stderr).not.to.contain('    at ');
    expect(status).to.equal(3);
  });
});

/** Whether a TLS server begins to speak HTTP/2, or hangs up. */
function greeting(options: ConnectionOptions): Promise<'served' | 'refused'> {
  return new Promise((resolve) => {
    const socket = connect(options);
    const end = (what: 'served' | 'refused'): void => {
      socket.destroy();
      resolve(what);
    };
    socket.once('data', () => end('served'));
    socket.once('error', () => end('refused'));
    socket.once('close', () => end('refused'));
  });
}
