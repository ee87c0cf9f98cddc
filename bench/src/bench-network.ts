import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { down, type Layout, up } from '@passage/network-control';

/** How a network for measuring is brought up. */
export interface NetworkOptions {
  readonly basePort: number;
  readonly faithful?: boolean;
}

/** Seconds from the start of `up` until each process was ready, by its name; `all` for the last of them. */
export type StartTimes = ReadonlyMap<string, number>;

/** An embedded network with its chaincode and gateways in a folder of its own. */
export class BenchNetwork {
  readonly dir = mkdtempSync(join(tmpdir(), 'passage-bench-'));
  readonly #options: NetworkOptions;
  #layout: Layout | undefined;

  constructor(options: NetworkOptions) {
    this.#options = options;
  }

  get layout(): Layout {
    if (this.#layout === undefined) throw new Error('the network was not started');
    return this.#layout;
  }

  /** Hex header hash of block 0. */
  get genesisHash(): string {
    const { genesisHash } = JSON.parse(readFileSync(this.layout.trust, 'utf8')) as { genesisHash: string };
    return genesisHash;
  }

  async start(): Promise<StartTimes> {
    const times = new Map<string, number>();
    const onReady = (name: string, seconds: number): void => void times.set(name, seconds);
    const done = await up({ dir: this.dir, network: 'embedded', ...this.#options, onReady });
    this.#layout = done.layout;
    return times.set('all', done.seconds);
  }

  /** Stops the processes; what was recorded stays. */
  async stop(): Promise<void> {
    if (this.#layout !== undefined) await down(this.#layout);
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }
}
