import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import {
  ChannelHeader,
  type ChannelConfig,
  channelConfigOf,
  computeConfigUpdate,
  ConfigEnvelope,
  type ConfigGroup,
  ConfigUpdateEnvelope,
  decode,
  encode,
  Envelope,
  HeaderType,
  Payload,
  type RawBlock,
  readBlock,
} from '@passage/ledger';

import { type Network, peerCommand } from './administrator.js';
import { writeWhole } from './files.js';
import { ordererArgs, ORDERING_SECONDS, orderersOf, throughOrderers } from './orderers.js';
import { programFailed, type ProgramResult } from './run-program.js';
import { CHANNEL, type Organization } from './topology.js';

const POLL_MS = 500;

/** The channel's configuration, and the block that it stands in. */
export interface FetchedConfig {
  readonly config: ChannelConfig;
  /** The update that brought it; empty in block 0. */
  readonly update: Uint8Array;
  /** The block as a file, until the next one is fetched. */
  readonly file: string;
}

/** Fetches the configuration in force: the newest that any orderer has, for one that is behind says what was. @throws FabricError PROGRAM_FAILED */
export async function fetchConfig(network: Network): Promise<FetchedConfig> {
  const answers = await Promise.all(orderersOf(network).map((orderer) => fetchFrom(network, orderer)));
  const fetched = answers.filter((one) => 'config' in one);
  const [newest] = fetched.toSorted((one, other) => other.config.sequence - one.config.sequence);
  if (newest !== undefined) return newest;
  const [refusal] = answers.filter((one) => 'ok' in one);
  if (refusal === undefined) throw new TypeError('a channel without orderers');
  throw programFailed('peer', "fetch the channel's configuration", refusal);
}

async function fetchFrom(network: Network, orderer: Organization): Promise<FetchedConfig | ProgramResult> {
  const file = join(network.paths.network, `config-${orderer.name}.block`);
  const args = ['channel', 'fetch', 'config', file, '--channelID', CHANNEL, ...ordererArgs(network, orderer)];
  const result = await peerCommand(network, founderOf(network), args);
  if (!result.ok) return result;
  const block = readBlock(readFileSync(file));
  return { config: channelConfigOf(block), update: updateOf(block), file };
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
  const update = computeConfigUpdate(CHANNEL, config.group, updated);
  writeWhole(file, Buffer.from(updateEnvelope(update)));
  const customs = founderOf(network);
  for (const organization of network.organizations.slice(1, 3)) {
    const result = await peerCommand(network, organization, ['channel', 'signconfigtx', '-f', file]);
    if (!result.ok) throw programFailed('peer', `sign the update as ${organization.name}`, result);
  }
  const isInForce = async (): Promise<boolean> => isSame((await fetchConfig(network)).update, update);
  const send = async (orderer: Organization): Promise<ProgramResult> => {
    const args = ['channel', 'update', '-f', file, '--channelID', CHANNEL, ...ordererArgs(network, orderer)];
    const result = await peerCommand(network, customs, args);
    if (!result.ok || (await comes(isInForce))) return result;
    return { ...result, ok: false, stderr: 'the orderers took the configuration update and made no block' };
  };
  const result = await throughOrderers(orderersOf(network), send, isInForce);
  if (!result.ok) throw programFailed('peer', "change the channel's configuration", result);
  rmSync(file, { force: true });
  return fetchConfig(network);
}

/** Whether it comes true as long as an orderer has for a block. */
async function comes(isTrue: () => Promise<boolean>): Promise<boolean> {
  const deadline = performance.now() + ORDERING_SECONDS * 1000;
  while (!(await isTrue())) {
    if (performance.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}

/** The update that a configuration block carries besides the configuration that came of it. */
function updateOf({ envelopes }: RawBlock): Uint8Array {
  const { payload } = decode(Envelope, envelopes[0] ?? new Uint8Array());
  const { lastUpdate } = decode(ConfigEnvelope, decode(Payload, payload).data);
  if (lastUpdate === undefined) return new Uint8Array();
  return decode(ConfigUpdateEnvelope, decode(Payload, lastUpdate.payload).data).configUpdate;
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.from(one).equals(other);
}

/** Unsigned: those who allow it sign one after the other. */
function updateEnvelope(configUpdate: Uint8Array): Uint8Array {
  const channelHeader = encode(ChannelHeader, { type: HeaderType.CONFIG_UPDATE, channelId: CHANNEL });
  const data = encode(ConfigUpdateEnvelope, { configUpdate });
  return encode(Envelope, { payload: encode(Payload, { header: { channelHeader }, data }) });
}

function founderOf({ organizations }: Network): Organization {
  const [customs] = organizations;
  if (customs === undefined) throw new TypeError('a network without organisations');
  return customs;
}
