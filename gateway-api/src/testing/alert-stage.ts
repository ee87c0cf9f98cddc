import { setTimeout as sleep } from 'node:timers/promises';

import { containerCheckDigit, containerEpc, ucrUri } from '@passage/domain';
import type { Caller, JsonValue } from '@passage/domain';

import { FakeLedger, fakeIdentity } from './fake-ledger.js';
import { listAt } from './read.js';
import { fine } from './story.js';
import { TestDevice } from './test-device.js';
import { TestGateway } from './test-gateway.js';

export const importer: Caller = party('BusinessMSP', 'KRIMP01', 'importer');
export const carrier: Caller = party('BusinessMSP', 'CARRIER', 'carrier');
export const port: Caller = party('PortMSP', 'PORT', 'terminal_operator');
export const officer: Caller = party('CustomsMSP', 'OFFICER', 'customs_officer');

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

type Event = Readonly<Record<string, JsonValue | undefined>>;

/** An alert as a gateway answers it, its path in one line each. */
export interface SeenAlert {
  readonly kind: string;
  readonly subject: string;
  readonly path: readonly string[];
}

/** A gateway over a ledger with a clock of its own, on which everyone acts by transactions: for stories about alerts. */
export class AlertStage {
  readonly #gateway: TestGateway;
  #requests = 0;
  #journeys = 0;

  readonly #clock: { now: number };

  private constructor(gateway: TestGateway, clock: { now: number }) {
    this.#gateway = gateway;
    this.#clock = clock;
  }

  static async open(): Promise<AlertStage> {
    const clock = { now: Date.UTC(2026, 2, 1, 8) };
    const ledger = new FakeLedger();
    ledger.clock = () => new Date(clock.now);
    const stage = new AlertStage(await (await TestGateway.open({ ledger })).start(), clock);
    for (const { mspId, partyId, role } of [importer, carrier, port, officer]) {
      const input = { partyId, name: `Party ${String(partyId)}`, roles: [role] };
      await stage.does({ mspId, admin: true }, 'RegisterParty', input);
    }
    return stage;
  }

  /** The ledger's time and so many milliseconds, as an event has it. */
  time(later = 0): string {
    return new Date(this.#clock.now + later).toISOString();
  }

  /** Lets time go by. */
  wait(milliseconds: number): void {
    this.#clock.now += milliseconds;
  }

  /** A transaction; the number of its block. */
  async does(caller: Caller, name: string, input: object): Promise<number> {
    this.#requests += 1;
    const { ledger } = this.#gateway;
    const request = name === 'RecordStatements' ? {} : { requestId: `r${String(this.#requests)}` };
    const json = JSON.stringify({ ...request, ...input });
    await ledger.broadcast(await ledger.endorse(name, json, fakeIdentity(caller)));
    return ledger.newest();
  }

  async device(owner = carrier, kind = 'ocr_camera'): Promise<TestDevice> {
    const device = new TestDevice();
    const proof = device.proof({ owner: owner.partyId ?? '', kind });
    await this.does(owner, 'RegisterDevice', { kind, proof });
    return device;
  }

  /** The owner says, and customs confirms, that a device's key was in other hands since a block. */
  async stolen({ kid }: TestDevice, block: number): Promise<void> {
    const claim = { kid, compromisedSince: { block } };
    await this.does(carrier, 'RevokeDevice', { ...claim, reason: 'stolen' });
    await this.does(officer, 'ConfirmCompromise', claim);
  }

  /** A consignment that the carrier has, of so many packages, and a container that nothing is in yet. */
  async journey(packages = 40): Promise<Journey> {
    this.#journeys += 1;
    const ucr = `6KRKRIMP01-J${String(this.#journeys)}`;
    await this.does(importer, 'OpenShipment', {
      ucr,
      goods: [{ hs: '850760', hsEdition: '2022', packages: { count: packages, type: 'CT' } }],
      origin: 'CN',
      departure: 'CN',
      transportMode: '1',
      parties: { importer: importer.partyId },
      custodian: carrier.partyId,
    });
    return new Journey(this, ucr, containerNumber(this.#journeys));
  }

  /** The consignment is split in two; the UCRs of its parts. */
  async splits({ ucr }: Journey): Promise<readonly string[]> {
    const parts = ['A', 'B'].map((part) => `${ucr}-${part}`);
    const into = parts.map((part) => ({ ucr: part, lines: [{ line: 0, packages: 20 }] }));
    await this.does(importer, 'SplitShipment', { ucr, into });
    return parts;
  }

  /** The alerts of a shipment, once the index has the whole ledger. */
  async alerts(ucr: string): Promise<readonly SeenAlert[]> {
    const newest = await this.#gateway.ledger.newest();
    while ((await this.#gateway.gateway.services.status.asOfBlock()) < newest) await sleep(1);
    const query = `{ shipment(ucr: "${ucr}") { alerts { nodes { kind subject path { what id } } } } }`;
    const alerts = listAt(fine(await this.#gateway.ask(query)), 'shipment.alerts.nodes');
    return (alerts as readonly RawAlert[]).map(({ kind, subject, path }) => ({
      kind,
      subject,
      path: path.map(({ what, id }) => `${what} ${id}`),
    }));
  }

  async close(): Promise<void> {
    await this.#gateway.remove();
  }
}

interface RawAlert {
  readonly kind: string;
  readonly subject: string;
  readonly path: readonly { readonly what: string; readonly id: string }[];
}

/** One consignment and the container that it goes in. */
export class Journey {
  readonly ucr: string;
  /** As records name it. */
  readonly unit: string;
  /** As events name it. */
  readonly container: string;
  readonly #stage: AlertStage;

  constructor(stage: AlertStage, ucr: string, number: string) {
    this.#stage = stage;
    this.ucr = ucr;
    this.unit = `container:${number}`;
    this.container = containerEpc(number);
  }

  /** What a device sees of the container alone, now unless the event says otherwise; the statement is not recorded yet. */
  sees(device: TestDevice, event: Event = {}): string {
    const only = { bizTransactionList: undefined, epcList: [this.container], bizStep: 'arriving' };
    return device.statement(this.ucr, { eventTime: this.#stage.time(), ...only, ...event });
  }

  /** A transaction with statements; the number of its block. */
  records(...statements: readonly string[]): Promise<number> {
    return this.#stage.does(carrier, 'RecordStatements', { statements });
  }

  /** The carrier packs goods into the container, or takes them out: the whole of them where nobody counts. */
  packs(device: TestDevice, { action = 'ADD', packages, parentID = this.container }: Packing = {}): string {
    const goods = ucrUri(this.ucr);
    const children =
      packages === undefined
        ? { childEPCs: [goods] }
        : { childQuantityList: [{ epcClass: goods, quantity: packages }] };
    const event = { type: 'AggregationEvent', action, epcList: undefined, parentID, ...children };
    return this.sees(device, { ...event, bizStep: action === 'ADD' ? 'packing' : 'unpacking' });
  }
}

/** What is packed or taken out, and what into or out of. */
interface Packing {
  readonly action?: 'ADD' | 'DELETE';
  readonly packages?: number;
  readonly parentID?: string;
}

/** Another container for every number. */
export function containerNumber(serial: number): string {
  const signs = `CSQU${String(serial).padStart(6, '0')}`;
  return signs + containerCheckDigit(signs);
}

function party(mspId: string, partyId: string, role: Caller['role']): Caller {
  return { mspId, admin: false, partyId, ...(role !== undefined && { role }) };
}
