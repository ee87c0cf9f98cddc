import { createHash } from 'node:crypto';
import type { JsonObject } from '../../json/value.js';
import { keys } from '../../state/keys.js';
import { partyCaller, shipmentInput } from '../cast.js';
import { TestDevice } from '../test-device.js';
import { does, type Scene } from './scenario.js';

const DAY_MS = 86_400_000;

/** Where a scenario plays: on which ledger, under which names that are its own, and on which day. */
export class Setting {
  readonly ledger: string;
  readonly tag: string;
  readonly #today: number;

  /** @param ledger the genesis hash, hex. @param tag capitals and digits, no other scenario's. */
  constructor(ledger: string, tag: string, today: Date) {
    this.ledger = ledger;
    this.tag = tag;
    this.#today = today.getTime();
  }

  /** The scenario's consignment. */
  get ucr(): string {
    return `6KRIMPORTER1-${this.tag}`;
  }

  /** A request id or number that no other scenario uses. */
  readonly id = (name: string): string => `${this.tag}-${name}`;

  /** The start of a day from the setting's own on: ISO 8601 UTC. */
  inDays(days: number): string {
    return new Date(this.#today + days * DAY_MS).toISOString();
  }

  /** The importer opens the scenario's consignment; it is in the carrier's custody. */
  opens(changes: JsonObject = {}): Scene {
    const { ucr } = this;
    const input = { ...shipmentInput({ ucr, ...changes }), requestId: this.id('open') };
    const [customs, guard] = [keys.customs(ucr), keys.guard('CustomsMSP')];
    const writes = [keys.shipment(ucr), keys.custody(ucr), customs, guard];
    return does(partyCaller('IMPORTER1'), 'OpenShipment', input, writes);
  }

  /** A device of this scenario: the name decides its key. */
  device(name: string): TestDevice {
    const seed = createHash('sha256').update(`${this.tag}/${name}`).digest();
    return new TestDevice(this.ledger, seed);
  }

  /** The carrier registers a device. */
  registers(device: TestDevice, kind = 'gps_eseal'): Scene {
    const proof = device.proof({ owner: 'CARRIER1', kind });
    const input = { requestId: this.id(`device-${device.kid.slice(0, 8)}`), kind, proof };
    return does(partyCaller('CARRIER1'), 'RegisterDevice', input, [keys.device(device.kid)]);
  }
}
