import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../main.js', import.meta.url));

/** The embedded network as a process of its own, which a test may kill. */
export class NetworkProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#ended = once(child, 'exit');
  }

  /** Starts the network on what the folder holds, and resolves when it serves. */
  static async start(dir: string, basePort: number, ...options: readonly string[]): Promise<NetworkProcess> {
    const settings = ['--dir', dir, '--base-port', String(basePort), '--chaincode-version', '1', ...options];
    const child = spawn(process.execPath, [PROGRAM, ...settings], { stdio: ['ignore', 'pipe', 'ignore'] });
    const started = new NetworkProcess(child);
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.includes('"ready":true')) return started;
    }
    await started.#ended;
    throw new Error(`the network ended with ${String(child.exitCode)} before it served`);
  }

  /** Ends it at once, in the middle of whatever it does. */
  async kill(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGKILL');
    await this.#ended;
  }
}
