import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { down, type Layout, layout, type NetworkKind, packageChaincode, up } from '@passage/network-control';

const COMPARATORS = fileURLToPath(new URL('./comparator-chaincode.js', import.meta.url));

/** How a network for measuring is brought up. */
export interface NetworkOptions {
  readonly basePort: number;
  readonly faithful?: boolean;
  /** Which network; the embedded one unless told otherwise. */
  readonly network?: NetworkKind;
  /** Runs the chaincode of the measurements, which also has what comparators need. */
  readonly comparators?: boolean;
  /** False leaves the gateways out. */
  readonly gateways?: boolean;
}

/** Seconds from the start of `up` until each process was ready, by its name; `all` for the last of them. */
export type StartTimes = ReadonlyMap<string, number>;

/** A network with its chaincode and gateways in a folder of its own. */
export class BenchNetwork {
  static readonly #present = new Set<BenchNetwork>();
  readonly dir = mkdtempSync(join(tmpdir(), 'passage-bench-'));
  readonly layout: Layout;
  readonly #options: NetworkOptions;

  constructor(options: NetworkOptions) {
    this.#options = options;
    this.layout = layout(this.dir, options.basePort);
    BenchNetwork.#present.add(this);
  }

  /** Stops and removes every network that was not removed yet: for whoever is interrupted. */
  static async removeAll(): Promise<void> {
    for (const network of BenchNetwork.#present) await network.remove();
  }

  get kind(): NetworkKind {
    return this.#options.network ?? 'embedded';
  }

  /** Hex header hash of block 0. */
  get genesisHash(): string {
    const { genesisHash } = JSON.parse(readFileSync(this.layout.trust, 'utf8')) as { genesisHash: string };
    return genesisHash;
  }

  async start(): Promise<StartTimes> {
    const times = new Map<string, number>();
    const onReady = (name: string, seconds: number): void => void times.set(name, seconds);
    const { comparators = false, ...options } = this.#options;
    const chaincode = comparators && { ...(await packageChaincode(this.layout)), main: COMPARATORS };
    const network = this.kind;
    const { seconds } = await up({
      dir: this.dir,
      ...options,
      network,
      ...(chaincode && { chaincode }),
      onReady,
    });
    return times.set('all', seconds);
  }

  /** Stops the processes; what was recorded stays. */
  async stop(): Promise<void> {
    await down(this.layout);
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.dir, { recursive: true, force: true });
    BenchNetwork.#present.delete(this);
  }
}
