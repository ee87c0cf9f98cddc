import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { type Consenter, withConsenter, withMember, withOrderer } from '@passage/ledger';

import { type Network, peerCommand } from './administrator.js';
import { ordererJoins, osnadmin, peerJoins } from './channel.js';
import { fetchConfig, updateChannel } from './channel-config.js';
import { FabricError } from './errors.js';
import { json, readIfThere, writeWhole } from './files.js';
import type { FabricPaths } from './paths.js';
import { CHANNEL, consenterId, type Organization } from './topology.js';

/** The member after whose model others join: it acts on the channel, and decides no more than one of several. */
const MODEL = 'PortMSP';

/** Catching up with a long channel takes its time. */
const PATIENCE_MS = 60_000;

const POLL_MS = 200;

/** Whether an organisation is all it should be: a founder, or one that has joined as it was asked to. */
export function isAdmitted(paths: FabricPaths, { name, isFounder, orders }: Organization): boolean {
  return isFounder || readIfThere(paths.organization(name).admitted) === json({ orders });
}

/**
 * Lets every organisation join that is not a member yet: the channel's configuration names it, its peer starts from block 0 and
 * catches up; one that orders follows the channel first, and becomes a consenter when it has every block, so that the quorum of
 * so many is not waited for in vain. What is done already is left out.
 *
 * @throws FabricError PROGRAM_FAILED
 */
export async function admitOrganizations(network: Network): Promise<void> {
  for (const organization of network.organizations) {
    if (isAdmitted(network.paths, organization)) continue;
    await admitMember(network, organization);
    await peerJoins(network, organization);
    if (organization.orders) await admitConsenter(network, organization);
    await peerCatchesUp(network, organization);
    const { admitted } = network.paths.organization(organization.name);
    writeWhole(admitted, json({ orders: organization.orders }));
  }
}

async function admitMember(network: Network, organization: Organization): Promise<void> {
  const { config } = await fetchConfig(network);
  const { name, mspId, orders, host, port } = organization;
  const files = network.paths.organization(name);
  const isMember = config.applicationOrganizations.has(mspId);
  const member = isMember
    ? config.group
    : withMember(config.group, MODEL, {
        mspId,
        rootCerts: [readFileSync(files.caCert)],
        tlsRootCerts: [readFileSync(files.tlsCaCert)],
        anchorPeer: { host, port: port.peer },
      });
  const isComplete = !orders || config.ordererOrganizations.has(mspId);
  const updated = isComplete ? member : withOrderer(member, MODEL, mspId, `${host}:${port.orderer}`);
  if (updated !== config.group) await updateChannel(network, config, updated);
}

/** Its orderer joins by the newest configuration, pulls the blocks, and signs them from the block after its own on. */
async function admitConsenter(network: Network, organization: Organization): Promise<void> {
  const { config, file } = await fetchConfig(network);
  await ordererJoins(network, organization, file);
  const [customs] = network.organizations;
  if (customs === undefined) throw new TypeError('a network without organisations');
  const height = await peerHeight(network, customs);
  await until(network, organization, (state) => state.height >= height);
  const id = consenterId(network.organizations, organization);
  if (config.consenters.some((one) => one.id === id)) return;
  await updateChannel(network, config, withConsenter(config.group, consenterOf(network, organization, id)));
  await until(network, organization, (state) => state.isConsenter);
}

function consenterOf({ paths }: Network, organization: Organization, id: number): Consenter {
  const { name, mspId, host, port } = organization;
  const { identity, tls } = paths.organization(name).member('orderer');
  const tlsCert = readFileSync(tls.cert);
  return {
    id,
    host,
    port: port.orderer,
    mspId,
    identity: readFileSync(identity.cert),
    clientTlsCert: tlsCert,
    serverTlsCert: tlsCert,
  };
}

interface OrdererState {
  /** Number of its blocks. */
  readonly height: number;
  readonly isConsenter: boolean;
}

async function ordererState(network: Network, organization: Organization): Promise<OrdererState> {
  const { stdout } = await osnadmin(network, organization, ['list']);
  const isConsenter = /"consensusRelation": *"consenter"/.test(stdout) && /"status": *"active"/.test(stdout);
  return { height: Number(/"height": *(\d+)/.exec(stdout)?.[1] ?? 0), isConsenter };
}

async function until(
  network: Network,
  organization: Organization,
  isReached: (state: OrdererState) => boolean,
): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!isReached(await ordererState(network, organization))) {
    if (performance.now() > deadline) throw slow(`orderer-${organization.name}`);
    await sleep(POLL_MS);
  }
}

/** Its peer has every block that customs' peer has. */
async function peerCatchesUp(network: Network, organization: Organization): Promise<void> {
  const [customs] = network.organizations;
  if (customs === undefined) throw new TypeError('a network without organisations');
  const wanted = await peerHeight(network, customs);
  const deadline = performance.now() + PATIENCE_MS;
  while ((await peerHeight(network, organization)) < wanted) {
    if (performance.now() > deadline) throw slow(`peer-${organization.name}`);
    await sleep(POLL_MS);
  }
}

async function peerHeight(network: Network, organization: Organization): Promise<number> {
  const { stdout } = await peerCommand(network, organization, ['channel', 'getinfo', '--channelID', CHANNEL]);
  return Number(/"height": *(\d+)/.exec(stdout)?.[1] ?? 0);
}

function slow(process: string): FabricError {
  return new FabricError(
    'PROGRAM_FAILED',
    `${process} has not caught up with ${CHANNEL} after ${PATIENCE_MS / 1000} s`,
  );
}
