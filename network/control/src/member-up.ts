import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { askMember, prepareFabric } from './fabric.js';
import { holdNetwork } from './held-network.js';
import { type Layout, layout } from './layout.js';
import { needOwnOrganization } from './own-organization.js';
import { fabricPlan } from './plan.js';
import type { PlannedProcess } from './planned-process.js';
import { startMissing, type StartedProcesses } from './start-missing.js';
import { chaincodeFor, needFolder } from './up.js';

/** How one organisation founds its folder. */
export interface Founding {
  readonly org: string;
  readonly host: string;
  readonly basePort: number;
  readonly secondHost?: string;
}

/** Whether the channel has its genesis block here: before that only the CA runs. */
export function hasGenesis(at: Layout): boolean {
  return existsSync(join(at.network, 'genesis.block'));
}

/**
 * Founds the folder of one organisation: its CA is started, its identities are enrolled, its card is written.
 *
 * @returns the card's file
 * @throws ControlError FOLDER_UNUSABLE, FABRIC_UNUSABLE and what {@link memberUp} throws
 */
export async function memberInit(dir: string, founding: Founding): Promise<string> {
  const at = layout(dir, founding.basePort);
  needFolder(at.dir);
  const { org, host, basePort, secondHost } = founding;
  const second = secondHost === undefined ? [] : ['--second-host', secondHost];
  const settings = ['--org', org, '--host', host, '--base-port', String(basePort), ...second];
  await askMember(at, 'member-init', settings);
  await memberUp(dir);
  return join(at.network, 'orgs', org, 'card.json');
}

/**
 * Starts what of one organisation does not run. Without a genesis block that is its CA; with it also orderer, peers, chaincode
 * servers and gateway, which join the channel, approve the chaincode and, at customs, commit it when enough have approved.
 * Others act in their own time: what waits for them fails after a while, and the next call goes on from there.
 *
 * @throws ControlError NOT_STARTED, PORT_IN_USE, NOT_BUILT, FABRIC_UNUSABLE, PROCESS_FAILED, PROCESS_SLOW
 */
export async function memberUp(
  dir: string,
  onReady: (name: string) => void = () => undefined,
): Promise<StartedProcesses> {
  const anywhere = layout(dir, 0);
  const at = layout(dir, needOwnOrganization(anywhere).port.orderer);
  const chaincode = await chaincodeFor(at);
  const ofFabric = await prepareFabric(at, chaincode, []);
  const planned = hasGenesis(at) ? fabricPlan(at, ofFabric, chaincode) : ofFabric.filter(isBeforeChannel);
  return startMissing(at, planned, {
    onBegin: () => holdNetwork(at, { network: 'fabric', basePort: at.basePort, faithful: true, chaincode }),
    onReady,
    always: true,
  });
}

function isBeforeChannel({ name }: PlannedProcess): boolean {
  return name === 'identities' || name.startsWith('ca-');
}
