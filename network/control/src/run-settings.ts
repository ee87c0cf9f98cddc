import { ControlError } from './errors.js';
import { heldBasePort, heldNetwork, type NetworkKind } from './held-network.js';
import { defaultBasePort, layout } from './layout.js';
import { status } from './status.js';

/** With which ports, and in which chaincode mode, a network is brought up. */
export interface RunSettings {
  readonly basePort: number;
  readonly faithful: boolean;
}

/** What was asked for on the command line, each only if it was. */
export interface AskedSettings {
  readonly dir: string;
  readonly basePort?: number;
  readonly faithful?: boolean;
}

/**
 * Settings of the next `up`: what was asked for, else what the folder was started with, else the usual. While anything runs
 * they cannot change: a repaired process would not find its neighbours. Fabric's stay for good: its channel's configuration
 * names the ports, and every peer has a chaincode of its own.
 *
 * @throws ControlError RUNS_OTHERWISE
 */
export function runSettings(network: NetworkKind, asked: AskedSettings): RunSettings {
  const held = heldSettings(asked);
  if (network === 'fabric') return { ...held, faithful: true };
  const { basePort = held.basePort, faithful = held.faithful } = asked;
  if (basePort !== held.basePort || faithful !== held.faithful) needNothingRuns(asked.dir, held);
  return { basePort, faithful };
}

/** What the folder was started with; in a new one, what was asked for. */
function heldSettings({ dir, basePort = defaultBasePort, faithful = false }: AskedSettings): RunSettings {
  const at = layout(dir, basePort);
  return {
    basePort: heldBasePort(at) ?? basePort,
    faithful: heldNetwork(at)?.faithful ?? faithful,
  };
}

function needNothingRuns(dir: string, { basePort, faithful }: RunSettings): void {
  const at = layout(dir, basePort);
  if (status(at).every(({ state }) => state !== 'running')) return;
  const mode = faithful ? 'one chaincode process each' : 'one chaincode process for all';
  throw new ControlError(
    'RUNS_OTHERWISE',
    `${at.dir} runs with ports from ${String(basePort)} on and ${mode}.`,
  );
}
