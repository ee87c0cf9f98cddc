import type { JsonObject } from '../json/value.js';
import { ucrUri } from '../identifiers/ucr.js';
import { PSG_UCR, psgContext } from '../epcis/psg.js';
import { partyCaller, shipmentInput, testLedger, type CastMember } from './cast.js';
import { TestDevice } from './test-device.js';
import { TestWorld, type Played } from './test-world.js';

/** The test shipment in the carrier's custody, and a device of whoever is asked for: what acts inside statements need. */
export class StatementStage {
  readonly world = TestWorld.started();
  readonly #devices = new Map<CastMember, TestDevice>();

  constructor() {
    this.world.play(partyCaller('IMPORTER1'), 'OpenShipment', shipmentInput());
  }

  /** A party's device, registered when it is first asked for. */
  device(owner: CastMember): TestDevice {
    const known = this.#devices.get(owner);
    if (known !== undefined) return known;
    const device = new TestDevice(testLedger);
    const proof = device.proof({ owner, kind: 'business_system' });
    const input = { requestId: `device-${owner}`, kind: 'business_system', proof };
    this.world.play(partyCaller(owner), 'RegisterDevice', input);
    this.#devices.set(owner, device);
    return device;
  }

  /** Records events in one batch, each signed by a device of `owner`. */
  record(owner: CastMember, ...events: readonly JsonObject[]): Played {
    const device = this.device(owner);
    const statements = events.map((event) => device.next(event));
    return this.world.play(partyCaller('TERMINAL1'), 'RecordStatements', { statements });
  }

  /** Why a batch of events is refused: `index code pointer` of each bad one. */
  refused(owner: CastMember, ...events: readonly JsonObject[]): readonly string[] {
    const device = this.device(owner);
    // A number that a refused statement has used is free again: the next one must not skip it.
    const statements = events.map((event, index) =>
      device.statement({ seq: 1_000_000 + index, payload: event }),
    );
    const { details } = this.world.refusal(partyCaller('TERMINAL1'), 'RecordStatements', { statements });
    const refused = details['refused'] as readonly { index: number; code: string; pointer: string }[];
    return refused.map(({ index, code, pointer }) => `${String(index)} ${code} ${pointer}`);
  }
}

/** An event about consignments; `members` say what it does. */
export function actEvent(members: JsonObject, ...ucrs: readonly string[]): JsonObject {
  return {
    '@context': psgContext,
    eventTime: '2026-01-31T12:00:00.000Z',
    eventTimeZoneOffset: '+09:00',
    ...(ucrs.length > 0 && {
      bizTransactionList: ucrs.map((ucr) => ({ type: PSG_UCR, bizTransaction: ucrUri(ucr) })),
    }),
    ...members,
  };
}
