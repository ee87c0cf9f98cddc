import { setTimeout as sleep } from 'node:timers/promises';

import {
  adminCaller,
  partyCaller,
  prologue,
  scenarios,
  scenesOf,
  shipmentInput,
} from '@passage/domain/testing';
import type { Play, Scene } from '@passage/domain/testing';

import { fakeIdentity } from './fake-ledger.js';
import { writtenBy } from './questions.js';
import { TEST_LEDGER } from './test-device.js';
import { TestGateway } from './test-gateway.js';
import { editIndex } from './test-index.js';

/** A consignment whose hold and inspection stand. */
export const STANDING = '6KRIMPORTER1-OPEN';

/** A gateway whose index has every scenario of the custody rules, and what was played there. */
export interface SightStage {
  readonly gateway: TestGateway;
  readonly scenes: readonly Scene[];
  /** The newest block, which the index has. */
  readonly newest: number;
}

/**
 * Plays every scenario on a ledger of its own, then what scenarios leave no trace of: a hold and an inspection that stand, a party
 * that is named nowhere, a key that somebody forged. The last act registers the party LAST1, which everyone is told of.
 */
export async function openSightStage(): Promise<SightStage> {
  const most = Number.MAX_SAFE_INTEGER;
  const limits = { depth: most, aliases: most, tokens: most, cost: most, milliseconds: 600_000 };
  const gateway = await (await TestGateway.open({ limits, init: false })).start();
  // No two acts at one moment: a seal that was fitted and taken off within a millisecond was never closed.
  let moment = Date.now();
  gateway.ledger.clock = () => new Date((moment += 2));
  const play = async ({ caller, name, input }: Play): Promise<void> => {
    const json = JSON.stringify(input);
    await gateway.ledger.broadcast(await gateway.ledger.endorse(name, json, fakeIdentity(caller)));
  };
  for (const scene of prologue(TEST_LEDGER)) await play(scene);
  await play(registered('STRANGER1'));
  const scenes = scenarios.flatMap((scenario) => scenesOf(scenario, TEST_LEDGER, new Date()));
  for (const scene of scenes) if (writtenBy(scene).length > 0) await play(scene);
  for (const act of unfinished()) await play(act);
  await play(registered('LAST1'));
  const newest = await gateway.ledger.newest();
  while ((await gateway.gateway.services.status.asOfBlock()) < newest) await sleep(1);
  const forged = `INSERT INTO forgery VALUES ('hold/${STANDING}/9', '["PortMSP"]', 1, 0, 't')`;
  await editIndex(gateway.folder, forged);
  return { gateway, scenes, newest };
}

function registered(partyId: string): Play {
  const input = { requestId: partyId, partyId, name: partyId, roles: ['importer'] };
  return { caller: adminCaller('BusinessMSP'), name: 'RegisterParty', input };
}

/** A hold and an inspection that stand. */
function unfinished(): readonly Play[] {
  const ucr = STANDING;
  const officer = partyCaller('OFFICER1');
  const hold = { requestId: 'o1', ucr, legalBasis: 'art. 188', response: '5' };
  const deadline = new Date(Date.now() + 86_400_000).toISOString();
  const order = { requestId: 'o2', ucr, legalBasis: 'art. 188', kind: 'scan', to: 'TERMINAL1', deadline };
  return [
    {
      caller: partyCaller('IMPORTER1'),
      name: 'OpenShipment',
      input: { ...shipmentInput({ ucr }), requestId: 'o0' },
    },
    { caller: officer, name: 'PlaceHold', input: hold },
    { caller: officer, name: 'OrderInspection', input: order },
  ];
}
