import { stop } from './down.js';
import { ControlError } from './errors.js';
import { heldNetwork } from './held-network.js';
import { defaultBasePort, layout } from './layout.js';
import { packageChaincode } from './package-chaincode.js';
import { chaincodeProcesses, networkProcesses } from './plan.js';
import { up, type UpOptions } from './up.js';

/** What came of an upgrade: the definition's versions, the same one twice where nothing had changed. */
export interface Upgraded {
  readonly from: string;
  readonly to: string;
  /** Which processes were started with the new chaincode. */
  readonly started: readonly string[];
}

/**
 * Brings the network in the folder to the chaincode that is built: its servers are started anew, every organisation approves
 * the new version, customs commits it, and `up` proves it. Proposals fail for the seconds in between; what was sent is ordered.
 * The embedded network commits a definition when it starts, so it starts anew as well.
 *
 * @throws ControlError NOT_STARTED where the folder holds no network, and what `up` throws
 */
export async function upgrade(options: Pick<UpOptions, 'dir' | 'onChoice' | 'onReady'>): Promise<Upgraded> {
  const asked = layout(options.dir, defaultBasePort);
  const held = heldNetwork(asked);
  if (held === undefined) throw new ControlError('NOT_STARTED', `${asked.dir} holds no network.`);
  const at = layout(options.dir, held.basePort);
  const from = held.chaincode.version;
  const to = (await packageChaincode(at)).version;
  if (from === to) return { from, to, started: [] };
  const network = held.network === 'embedded' ? networkProcesses(at, 'embedded') : [];
  await Promise.all([...chaincodeProcesses(at), ...network].map((name) => stop(at, name)));
  const { started } = await up(options);
  return { from, to, started };
}
