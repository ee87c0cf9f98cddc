import { BatchSize, type ChannelConfig, channelConfigOf, encode, readBlock } from '@passage/ledger';
import {
  buildConfigUpdate,
  type ElementChange,
  revocationChanges,
  type Signer,
} from '@passage/network-embedded/testing';

import { broadcast } from '../raw-messages.js';
import type { OrganizationName } from '../network/under-test.js';
import type { Scenario } from '../scenario.js';
import type { Stage } from '../stage.js';
import { until } from '../until.js';
import { tryEverything } from './identities.js';

async function configBlock(stage: Stage, at: OrganizationName): Promise<ReturnType<typeof readBlock>> {
  return readBlock(
    await stage.query({ chaincode: 'cscc', name: 'GetConfigBlock', args: [stage.network.channel], at }),
  );
}

/** Sends an update, signed by these, and notes the orderer's answer. */
async function update(
  stage: Stage,
  step: string,
  change: (config: ChannelConfig) => readonly ElementChange[],
  signers: readonly Signer[],
): Promise<void> {
  const config = channelConfigOf(await configBlock(stage, 'customs'));
  const [submitter] = signers;
  if (submitter === undefined) throw new TypeError('nobody signs');
  const envelope = buildConfigUpdate({
    config,
    changes: change(config),
    signers,
    submitter,
    now: new Date(),
  });
  stage.note(step, await broadcast(stage, 'customs', envelope));
}

/** Waits until every peer has a configuration later than this block's. */
async function inForce(stage: Stage, before: number): Promise<void> {
  for (const { name } of stage.network.organizations) {
    const isLater = async (): Promise<boolean> => (await configBlock(stage, name)).header.number > before;
    await until(isLater, `${name} has a later configuration`);
  }
}

const smallBlocks = (): ElementChange[] => [
  {
    path: ['Orderer'],
    name: 'BatchSize',
    value: encode(BatchSize, { maxMessageCount: 50, absoluteMaxBytes: 10 << 20, preferredMaxBytes: 2 << 20 }),
  },
];

/** What changes the rules of the channel, and who may. */
export const configuration: readonly Scenario[] = [
  {
    name: 'updates of the configuration',
    async play(stage: Stage): Promise<void> {
      const admin = (name: OrganizationName): Signer => stage.network.organization(name).admin;
      await update(stage, 'by one organisation', smallBlocks, [admin('customs')]);
      await update(stage, 'by three without customs', smallBlocks, [
        admin('port'),
        admin('business'),
        admin('auditor'),
      ]);
      await update(stage, 'by clients', smallBlocks, [
        stage.client('customs'),
        stage.client('port'),
        stage.client('business'),
      ]);
      await update(stage, 'that changes nothing', () => [], [
        admin('customs'),
        admin('port'),
        admin('business'),
      ]);
      const { header } = await configBlock(stage, 'customs');
      await update(stage, 'by customs and two others', smallBlocks, [
        admin('customs'),
        admin('port'),
        admin('business'),
      ]);
      await inForce(stage, header.number);
      await stage.submit('a transaction after it', { name: 'put', args: ['after', 'the update'] });
    },
  },
  {
    name: 'a revoked certificate',
    async play(stage: Stage): Promise<void> {
      const port = stage.network.organization('port');
      const victim = await port.certifier.issue();
      await tryEverything(stage, 'before', victim, 'port');
      const waiting = await stage.endorse('endorsed before', {
        name: 'put',
        args: ['waiting', '1'],
        as: victim,
        at: 'port',
      });
      const list = await port.certifier.revoke(victim);
      const revoke = (config: ChannelConfig): ElementChange[] => revocationChanges(config, port.mspId, list);
      const inOneGroup = (config: ChannelConfig): ElementChange[] => revoke(config).slice(0, 1);
      await update(stage, 'by another organisation', inOneGroup, [
        stage.network.organization('customs').admin,
      ]);
      await update(stage, 'in one of two groups', inOneGroup, [port.admin]);
      const { header } = await configBlock(stage, 'customs');
      await update(stage, 'by its own organisation', revoke, [port.admin]);
      await inForce(stage, header.number);
      await tryEverything(stage, 'afterwards', victim, 'port');
      await stage.attempt(
        'endorsed before, sent afterwards',
        async () => (await stage.send(waiting)).outcome,
      );
      await stage.submit('others of the organisation', { name: 'put', args: ['others', '1'], at: 'port' });
    },
  },
];
