import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import {
  ChannelHeader,
  type ChannelConfig,
  channelConfigOf,
  computeConfigUpdate,
  type ConfigGroup,
  ConfigUpdateEnvelope,
  encode,
  Envelope,
  HeaderType,
  Payload,
  readBlock,
} from '@passage/ledger';

import { type Network, peerCommand } from './administrator.js';
import { FabricError } from './errors.js';
import { writeWhole } from './files.js';
import { programFailed } from './run-program.js';
import { CHANNEL, type Organization } from './topology.js';

/** An update is ordered at once; a busy machine needs its time. */
const PATIENCE_MS = 30_000;

const POLL_MS = 200;

/** The channel's configuration, and the block that it stands in. */
export interface FetchedConfig {
  readonly config: ChannelConfig;
  /** The block as a file, until the next one is fetched. */
  readonly file: string;
}

/** Fetches the configuration in force from customs' orderer. @throws FabricError PROGRAM_FAILED */
export async function fetchConfig(network: Network): Promise<FetchedConfig> {
  const file = join(network.paths.network, 'config.block');
  const customs = founderOf(network);
  const args = ['channel', 'fetch', 'config', file, '--channelID', CHANNEL, ...ordererArgs(network, customs)];
  const result = await peerCommand(network, customs, args);
  if (!result.ok) throw programFailed('peer', "fetch the channel's configuration", result);
  return { config: channelConfigOf(readBlock(readFileSync(file))), file };
}

/**
 * Brings the channel to this configuration by an update that port and business sign (`peer channel signconfigtx`) and customs
 * signs and sends (`peer channel update`): customs and two others, as the policies ask.
 *
 * @returns the configuration when it is in force
 * @throws FabricError PROGRAM_FAILED
 */
export async function updateChannel(
  network: Network,
  config: ChannelConfig,
  updated: ConfigGroup,
): Promise<FetchedConfig> {
  const file = join(network.paths.network, 'config-update.pb');
  writeWhole(file, Buffer.from(updateEnvelope(computeConfigUpdate(CHANNEL, config.group, updated))));
  const [customs, ...others] = network.organizations;
  if (customs === undefined) throw new TypeError('a network without organisations');
  for (const organization of others.slice(0, 2)) {
    const result = await peerCommand(network, organization, ['channel', 'signconfigtx', '-f', file]);
    if (!result.ok) throw programFailed('peer', `sign the update as ${organization.name}`, result);
  }
  const args = ['channel', 'update', '-f', file, '--channelID', CHANNEL, ...ordererArgs(network, customs)];
  const result = await peerCommand(network, customs, args);
  if (!result.ok) throw programFailed('peer', "change the channel's configuration", result);
  rmSync(file, { force: true });
  return inForce(network, config.sequence + 1);
}

async function inForce(network: Network, sequence: number): Promise<FetchedConfig> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const fetched = await fetchConfig(network);
    if (fetched.config.sequence >= sequence) return fetched;
    if (performance.now() > deadline)
      throw new FabricError('PROGRAM_FAILED', 'the orderers took the configuration update and made no block');
    await sleep(POLL_MS);
  }
}

/** Unsigned: those who allow it sign one after the other. */
function updateEnvelope(configUpdate: Uint8Array): Uint8Array {
  const channelHeader = encode(ChannelHeader, { type: HeaderType.CONFIG_UPDATE, channelId: CHANNEL });
  const data = encode(ConfigUpdateEnvelope, { configUpdate });
  return encode(Envelope, { payload: encode(Payload, { header: { channelHeader }, data }) });
}

function ordererArgs({ paths }: Network, { name, host, port }: Organization): readonly string[] {
  return ['--orderer', `${host}:${port.orderer}`, '--tls', '--cafile', paths.organization(name).tlsCaCert];
}

function founderOf({ organizations }: Network): Organization {
  const [customs] = organizations;
  if (customs === undefined) throw new TypeError('a network without organisations');
  return customs;
}
