import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { NetworkKind } from '@passage/network-control';

import { startUnderTest } from './network/start.js';
import { play } from './play.js';
import type { Run } from './report/record.js';
import { SCENARIOS } from './scenarios/index.js';

export interface RunOptions {
  readonly kind: NetworkKind;
  readonly basePort: number;
  /** Told of each scenario that was played. */
  readonly tell?: (scenario: string, seconds: number) => void;
}

/** Brings up a network from nothing, plays every scenario, and takes it down again. */
export async function runSuite({ kind, basePort, tell }: RunOptions): Promise<Run> {
  const dir = mkdtempSync(join(tmpdir(), `passage-conformance-${kind}-`));
  const network = await startUnderTest(kind, dir, basePort);
  const began = performance.now();
  try {
    const observations = await play(network, SCENARIOS, tell);
    return { observations, seconds: (performance.now() - began) / 1000 };
  } finally {
    await network.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}
