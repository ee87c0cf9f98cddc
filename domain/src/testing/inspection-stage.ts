import type { Caller } from '../command/caller.js';
import type { JsonObject } from '../json/value.js';
import type { InspectionKind } from '../inspection/inspection-record.js';
import { adminCaller, partyCaller, shipmentInput, testLedger, testUcr } from './cast.js';
import { imageHash, scanEvent } from './scan-event.js';
import { TestDevice } from './test-device.js';
import { TestWorld, type Played } from './test-world.js';

export const testContainer = 'container:CSQU3054383';

/** The test shipment, two officers, a terminal with an X-ray scanner, and short words for the steps of an inspection. */
export class InspectionStage {
  readonly world = TestWorld.started();
  readonly officer = partyCaller('OFFICER1');
  readonly colleague: Caller = { ...this.officer, partyId: 'OFFICER2' };
  readonly terminal = partyCaller('TERMINAL1');
  readonly scanner: TestDevice;
  #requests = 0;

  constructor(kind = 'xray_scanner') {
    const colleague = { requestId: 'c', partyId: 'OFFICER2', name: 'Officer', roles: ['customs_officer'] };
    this.world.play(adminCaller('CustomsMSP'), 'RegisterParty', colleague);
    this.world.play(partyCaller('IMPORTER1'), 'OpenShipment', shipmentInput());
    this.scanner = this.device(kind);
  }

  /** A further device of the terminal. */
  device(kind: string): TestDevice {
    const device = new TestDevice(testLedger);
    const proof = device.proof({ owner: 'TERMINAL1', kind });
    this.world.play(this.terminal, 'RegisterDevice', { requestId: device.kid, kind, proof });
    return device;
  }

  play(caller: Caller, name: string, input: JsonObject = {}): Played {
    return this.world.play(caller, name, this.#input(input));
  }

  refused(caller: Caller, name: string, input: JsonObject = {}): string {
    return this.world.refusal(caller, name, this.#input(input)).code;
  }

  order(kind: InspectionKind = 'scan', changes: JsonObject = {}): Played {
    return this.play(this.officer, 'OrderInspection', {
      kind,
      to: 'TERMINAL1',
      deadline: '2026-02-01T00:00:00.000Z',
      legalBasis: 'art. 188',
      ...changes,
    });
  }

  /** Records a statement of a device, and gives it back as it was signed. */
  record(event: JsonObject = scanEvent(), device = this.scanner): string {
    const statement = device.next(event);
    this.world.play(this.terminal, 'RecordStatements', { statements: [statement] });
    return statement;
  }

  /** A scan of the container up to its image. */
  imaged(): this {
    this.order('scan', { units: [testContainer] });
    this.play(this.terminal, 'AnchorImage', { unit: testContainer, statement: this.record() });
    return this;
  }

  /** What a program, an analyst and another officer make of the image. */
  read(result: string): Played {
    return this.play(this.officer, 'RecordReading', {
      image: imageHash,
      model: { id: 'cargo-net', version: '4.1' },
      result,
    });
  }

  judge(result: string, caller = this.officer, name = 'JudgeInspection'): Played {
    return this.play(caller, name, { result, reason: 'density' });
  }

  #input(input: JsonObject): JsonObject {
    this.#requests += 1;
    const isStep = !('legalBasis' in input);
    return {
      requestId: `i-${String(this.#requests)}`,
      ucr: testUcr,
      ...(isStep && { inspection: 1 }),
      ...input,
    };
  }
}
