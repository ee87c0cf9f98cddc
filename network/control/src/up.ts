import { accessSync, constants, mkdirSync } from 'node:fs';
import { ControlError } from './errors.js';
import { prepareFabric } from './fabric.js';
import { type Choice, chooseNetwork, heldNetwork, holdNetwork, type NetworkKind } from './held-network.js';
import { defaultBasePort, type Layout, layout } from './layout.js';
import { type ChaincodePackage, packageChaincode } from './package-chaincode.js';
import { runningPid } from './pid-file.js';
import { chaincodeProcesses, fabricPlan, networkProcesses, plan } from './plan.js';
import { runSettings } from './run-settings.js';
import { startMissing } from './start-missing.js';

export interface UpOptions {
  readonly dir: string;
  /** First of the ports; without it those that the folder was started with, else the usual ones. */
  readonly basePort?: number;
  /** Which network; without it the one that the folder holds, else Fabric where its programs are found. */
  readonly network?: NetworkKind;
  /** One chaincode process for each organisation; without it as the folder was started, else one for all. */
  readonly faithful?: boolean;
  /** Which chaincode; without it the one that runs or, from a stand, the one that is built. */
  readonly chaincode?: ChaincodePackage;
  readonly batchInterval?: number;
  /** False leaves the gateways out: the network and its chaincode alone. */
  readonly gateways?: boolean;
  /** Told before anything starts which network it will be, and why. */
  readonly onChoice?: (choice: Choice) => void;
  /** Told as each process or step becomes ready: its name, and seconds since the start of `up`. */
  readonly onReady?: (process: string, seconds: number) => void;
}

/** What came of `up`: which processes it had to start, and how long it took, in seconds. */
export interface Started {
  readonly layout: Layout;
  readonly network: NetworkKind;
  /** Folder of the block files of customs' peer. */
  readonly blocks: string;
  readonly started: readonly string[];
  readonly alreadyRunning: readonly string[];
  readonly seconds: number;
}

export function needFolder(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    accessSync(dir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new ControlError(
      'FOLDER_UNUSABLE',
      `${dir} cannot be used: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

/** What runs keeps its chaincode: a repaired process must be like its neighbours. From a stand, what is built counts. */
export async function chaincodeFor(at: Layout): Promise<ChaincodePackage> {
  const held = heldNetwork(at);
  if (held === undefined) return packageChaincode(at);
  const network = held.network === 'embedded' ? networkProcesses(at, 'embedded') : [];
  const names = [...chaincodeProcesses(at), ...network];
  const runs = names.some((name) => runningPid(at.runFile(name)) !== undefined);
  return runs ? held.chaincode : packageChaincode(at);
}

/**
 * Starts a network, its chaincode and the gateways, or only those of them that do not run: `up` repairs. Every port is
 * checked before the first process starts.
 *
 * @throws ControlError PORT_IN_USE, FOLDER_UNUSABLE, NOT_BUILT, PROCESS_FAILED, PROCESS_SLOW, OTHER_NETWORK,
 *   RUNS_OTHERWISE, FABRIC_UNUSABLE
 */
export async function up(options: UpOptions): Promise<Started> {
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  const choice = await chooseNetwork(layout(options.dir, defaultBasePort), options.network);
  options.onChoice?.(choice);
  const { network } = choice;
  const { basePort, faithful } = runSettings(network, options);
  const at = layout(options.dir, basePort);
  needFolder(at.dir);
  const chaincode = options.chaincode ?? (await chaincodeFor(at));
  const joined = heldNetwork(at)?.joined;
  const everything =
    network === 'fabric'
      ? fabricPlan(at, await prepareFabric(at, chaincode, joined ?? []), chaincode)
      : plan(at, { ...options, faithful, chaincode });
  const { gateways = true } = options;
  const planned = gateways
    ? everything
    : everything.filter(({ name }) => name !== 'issuer' && !name.startsWith('gateway-'));
  const done = await startMissing(at, planned, {
    onBegin: () => holdNetwork(at, { network, basePort, faithful, chaincode, ...(joined && { joined }) }),
    onReady: (name) => options.onReady?.(name, seconds()),
    always: !gateways,
  });
  return { layout: at, network, blocks: at.blocks(network), ...done, seconds: seconds() };
}
