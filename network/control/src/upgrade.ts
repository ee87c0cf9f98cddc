import { stop } from './down.js';
import { ControlError } from './errors.js';
import { approveOnFabric } from './fabric.js';
import { heldNetwork } from './held-network.js';
import { defaultBasePort, layout } from './layout.js';
import { packageChaincode } from './package-chaincode.js';
import { runningPid } from './pid-file.js';
import { chaincodeProcesses, networkProcesses } from './plan.js';
import { up, type UpOptions } from './up.js';

/** What came of an upgrade: the definition's versions, the same one twice where nothing had changed. */
export interface Upgraded {
  readonly from: string;
  readonly to: string;
  /** Which processes were started with the new chaincode. */
  readonly started: readonly string[];
}

export interface UpgradeOptions extends Pick<UpOptions, 'dir' | 'gateways' | 'onChoice' | 'onReady'> {
  /** A list of private collections in place of the chaincode's own, in the format of `--collections-config`. */
  readonly collections?: string;
}

/**
 * Brings the network in the folder to the chaincode that is built: every organisation approves the new version, the chaincode's
 * servers are started anew, customs commits it, and `up` proves it. Proposals fail for the seconds in between; what was sent is
 * ordered. Fabric's organisations approve before anything is stopped; the embedded network commits a definition when it starts,
 * so it starts anew as well, and with the old chaincode again where the new one is refused.
 *
 * @throws ControlError NOT_STARTED where the folder holds no network, FABRIC_UNUSABLE where an organisation cannot approve, and
 *   what `up` throws
 */
export async function upgrade({ collections, ...options }: UpgradeOptions): Promise<Upgraded> {
  const asked = layout(options.dir, defaultBasePort);
  const held = heldNetwork(asked);
  if (held === undefined) throw new ControlError('NOT_STARTED', `${asked.dir} holds no network.`);
  const at = layout(options.dir, held.basePort);
  const from = held.chaincode.version;
  const chaincode = await packageChaincode(at, collections);
  const to = chaincode.version;
  if (from === to) return { from, to, started: [] };
  const runs = networkProcesses(at, held.network).every((name) => runningPid(at.runFile(name)) !== undefined);
  if (held.network === 'fabric' && runs) await approveOnFabric(at, chaincode, held.joined ?? []);
  const network = held.network === 'embedded' ? networkProcesses(at, 'embedded') : [];
  await Promise.all([...chaincodeProcesses(at), ...network].map((name) => stop(at, name)));
  try {
    const { started } = await up({ ...options, chaincode });
    return { from, to, started };
  } catch (error) {
    const isRefused = network.some((name) => runningPid(at.runFile(name)) === undefined);
    if (isRefused) await up({ ...options, chaincode: held.chaincode });
    throw error;
  }
}
