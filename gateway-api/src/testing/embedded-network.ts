import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const ORGANIZATIONS = ['customs', 'port', 'business'] as const;
export type GatewayOrganization = (typeof ORGANIZATIONS)[number];

/** A line that every program of ours prints once it serves. */
type Ready = Readonly<Record<string, unknown>> & { readonly ready: true };

/** The embedded network, its chaincode and gateways as processes of their own, as `up` starts them. */
export class EmbeddedNetwork {
  readonly dir: string;
  readonly #basePort: number;
  readonly #running = new Map<string, ChildProcess>();
  readonly #said: Buffer[] = [];

  constructor(dir: string, basePort: number) {
    this.dir = dir;
    this.#basePort = basePort;
  }

  /** Starts the network's own process; `options` are added to its command line. */
  async startNetwork(...options: readonly string[]): Promise<void> {
    const { version } = chaincodePackage();
    await this.#start('network', join(repository, 'network/embedded/dist/main.js'), [
      '--dir',
      this.dir,
      '--base-port',
      String(this.#basePort),
      '--chaincode-version',
      version,
      ...options,
    ]);
  }

  async startChaincode(): Promise<void> {
    const { packageId, main } = chaincodePackage();
    const files = join(this.dir, 'network/orgs/customs/chaincode');
    await this.#start('chaincode', main, [], {
      CORE_CHAINCODE_ID: packageId,
      CORE_CHAINCODE_ADDRESS: `127.0.0.1:${String(this.#basePort + 3)}`,
      CORE_CHAINCODE_TLS_CERT_FILE: join(files, 'cert.pem'),
      CORE_CHAINCODE_TLS_KEY_FILE: join(files, 'key.pem'),
      CORE_CHAINCODE_TLS_CLIENT_CACERT_FILE: join(files, 'client-ca.pem'),
    });
  }

  /** Starts a gateway; returns its GraphQL address. */
  async startGateway(organization: GatewayOrganization): Promise<string> {
    const port = this.#basePort + 10 * ORGANIZATIONS.indexOf(organization) + 4;
    const program = fileURLToPath(new URL('../main.js', import.meta.url));
    const args = ['--org', organization, '--dir', this.dir, '--port', String(port)];
    const ready = await this.#start(`gateway-${organization}`, program, args);
    return String(ready['url']);
  }

  /** Tries to start a second gateway on the folder of a first; fails with its last words. */
  async startSecondGateway(organization: GatewayOrganization, port: number): Promise<Ready> {
    const program = fileURLToPath(new URL('../main.js', import.meta.url));
    return this.#start('second', program, ['--org', organization, '--dir', this.dir, '--port', String(port)]);
  }

  /** Ends a process and waits until it is gone; its exit code, or null when a signal ended it. */
  async end(name: string, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const child = this.#running.get(name);
    if (!child) throw new Error(`${name} does not run`);
    this.#running.delete(name);
    const exit = once(child, 'exit');
    child.kill(signal);
    const [code] = (await exit) as [number | null];
    return code;
  }

  async stop(): Promise<void> {
    for (const name of [...this.#running.keys()].reverse()) await this.end(name, 'SIGKILL');
  }

  async #start(
    name: string,
    program: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
  ): Promise<Ready> {
    const child = spawn(process.execPath, [program, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    this.#running.set(name, child);
    for (const output of [child.stdout, child.stderr])
      output.on('data', (text: Buffer) => this.#said.push(text));
    let words = '';
    child.stderr.on('data', (text: Buffer) => (words = (words + text.toString()).slice(-2_000)));
    return new Promise((resolve, reject) => {
      createInterface(child.stdout).on('line', (line) => {
        if (line.startsWith('{"ready":true')) resolve(JSON.parse(line) as Ready);
        else words = `${words}${line}\n`.slice(-2_000);
      });
      child.once('exit', (code) => {
        this.#running.delete(name);
        reject(new Error(`${name} ended (${String(code)}): ${words}`));
      });
    });
  }

  /** All that network, chaincode and gateways have written to their outputs. */
  get said(): Buffer {
    return Buffer.concat(this.#said);
  }

  /** The genesis hash in the trust file. */
  get genesisHash(): string {
    return (JSON.parse(readFileSync(join(this.dir, 'trust.json'), 'utf8')) as { genesisHash: string })
      .genesisHash;
  }
}

function chaincodePackage(): { packageId: string; version: string; main: string } {
  const tool = join(repository, 'chaincode/tools/package.mjs');
  return JSON.parse(execFileSync(process.execPath, [tool], { encoding: 'utf8' })) as ReturnType<
    typeof chaincodePackage
  >;
}
