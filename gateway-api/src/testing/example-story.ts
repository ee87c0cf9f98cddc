import { setTimeout as sleep } from 'node:timers/promises';

import {
  adminCaller,
  partyCaller,
  prologue,
  scenarios,
  scenesOf,
  shipmentInput,
} from '@passage/domain/testing';
import type { Play } from '@passage/domain/testing';

import type { Caller } from '../auth/caller.js';
import { FakeLedger, fakeIdentity } from './fake-ledger.js';
import { writtenBy } from './questions.js';
import { TEST_LEDGER } from './test-device.js';
import { TestGateway } from './test-gateway.js';

/** When the story begins. Each of its transactions is a minute later than the one before. */
const START = Date.UTC(2026, 0, 31, 12);
const MINUTE = 60_000;

/** The scenarios that are told, and what their consignments are called behind `6KRIMPORTER1-`. */
const told = {
  HELD: 'held goods are offered',
  DECL: 'a declaration is lodged',
  SCAN: 'a container is scanned',
  SEAL: 'a container is packed',
  LOTS: 'lots are blended',
  WARE: 'goods in a bonded warehouse',
  DISP: 'a statement and an act are disputed',
  DOCS: 'a document is anchored',
  FALSE: 'a device tells a wrong event',
  TWICE: 'two statements of one key',
  STOLEN: 'a device starts a new epoch',
} as const;

/** Who asks: by the names that examples use. */
export const askers = {
  importer: { subject: 'kim', org: 'business', party: 'IMPORTER1', role: 'importer', admin: false },
  carrier: { subject: 'lee', org: 'business', party: 'CARRIER1', role: 'carrier', admin: false },
  terminal: { subject: 'gate 4', org: 'port', party: 'TERMINAL1', role: 'terminal_operator', admin: false },
  colleague: {
    subject: 'cho',
    org: 'customs',
    party: 'OFFICER2',
    role: 'customs_officer',
    admin: false,
  },
  officer: { subject: 'han', org: 'customs', party: 'OFFICER1', role: 'customs_officer', admin: false },
  auditor: { subject: 'noh', org: 'auditor', admin: false },
} as const satisfies Readonly<Record<string, Caller>>;

/** The story that the examples of docs/queries.md are asked about: always the same, but for the ids of its transactions. */
export async function exampleStory(): Promise<TestGateway> {
  const ledger = new FakeLedger();
  let moment = START;
  ledger.clock = () => new Date((moment += MINUTE));
  const gateway = await (await TestGateway.open({ ledger, init: false, org: 'customs' })).start();
  const play = async ({ caller, name, input }: Play): Promise<void> => {
    await ledger.broadcast(await ledger.endorse(name, JSON.stringify(input), fakeIdentity(caller)));
  };
  for (const scene of prologue(TEST_LEDGER)) await play(scene);
  for (const [tag, title] of Object.entries(told)) {
    const scenario = scenarios.find((each) => each.title.startsWith(title));
    if (!scenario) throw new Error(`there is no scenario "${title}…"`);
    const scenes = scenesOf(scenario, TEST_LEDGER, new Date(START), tag);
    for (const scene of scenes) if (writtenBy(scene).length > 0) await play(scene);
  }
  for (const scene of unfinished(new Date(START + 86_400_000).toISOString())) await play(scene);
  const newest = await ledger.newest();
  while ((await gateway.gateway.services.status.asOfBlock()) < newest) await sleep(1);
  return gateway;
}

/** A consignment that is held and waits for its inspection, and the last act, an hour later. */
function unfinished(deadline: string): readonly Play[] {
  const ucr = '6KRIMPORTER1-OPEN';
  const officer = partyCaller('OFFICER1');
  const about = { ucr, legalBasis: 'art. 188' };
  const order = { requestId: 'order', ...about, kind: 'scan', to: 'TERMINAL1', deadline };
  return [
    {
      caller: partyCaller('IMPORTER1'),
      name: 'OpenShipment',
      input: { ...shipmentInput({ ucr }), requestId: 'open' },
    },
    { caller: officer, name: 'PlaceHold', input: { requestId: 'hold', ...about, response: '5' } },
    { caller: officer, name: 'OrderInspection', input: order },
    {
      caller: adminCaller('BusinessMSP'),
      name: 'RegisterParty',
      input: { requestId: 'last', partyId: 'LATER1', name: 'Later', roles: ['importer'] },
    },
  ];
}
