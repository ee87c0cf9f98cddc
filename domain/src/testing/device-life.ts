import { expect } from 'chai';
import type { Caller } from '../command/caller.js';
import type { DeviceRecord } from '../device/device-record.js';
import type { JsonObject } from '../json/value.js';
import { keys } from '../state/keys.js';
import { statementId } from '../statement/statement-id.js';
import { partyCaller, testLedger } from './cast.js';
import { TestDevice } from './test-device.js';
import { TestWorld } from './test-world.js';

const owner = partyCaller('CARRIER1');
const stranger = partyCaller('SELLER1');

/** A ledger with one device of CARRIER1, and short words for what is done with it. */
export class DeviceLife {
  readonly world = TestWorld.started();
  readonly device = new TestDevice(testLedger);
  #requests = 0;

  constructor() {
    this.register(this.device);
  }

  register(device: TestDevice): void {
    const proof = device.proof({ owner: 'CARRIER1', kind: 'gps_eseal' });
    this.act(owner, 'RegisterDevice', { kind: 'gps_eseal', proof });
  }

  act(caller: Caller, name: string, input: JsonObject): JsonObject {
    const { writes, response } = this.world.play(caller, name, { requestId: this.#request(), ...input });
    expect(writes).not.to.be.empty;
    return response['result'] as JsonObject;
  }

  refusal(caller: Caller, name: string, input: JsonObject = {}): string {
    const { kid } = this.device;
    const about = ['RotateDevice', 'FileLateEvidence', 'FileEquivocation'].includes(name) ? {} : { kid };
    return this.world.refusal(caller, name, { requestId: this.#request(), ...about, ...input }).code;
  }

  suspend(caller: Caller): void {
    this.act(caller, 'SuspendDevice', { kid: this.device.kid, reason: 'repair' });
  }

  resume(caller: Caller): void {
    this.act(caller, 'ResumeDevice', { kid: this.device.kid });
  }

  revoke(claim: JsonObject = {}): void {
    this.act(owner, 'RevokeDevice', { kid: this.device.kid, reason: 'stolen', ...claim });
  }

  record(...statements: readonly string[]): void {
    this.world.play(stranger, 'RecordStatements', { statements });
  }

  /** Why a statement is refused. */
  unrecorded(statement: string): JsonObject | undefined {
    const { details } = this.world.refusal(stranger, 'RecordStatements', { statements: [statement] });
    return (details['refused'] as readonly JsonObject[])[0];
  }

  get(kid = this.device.kid): DeviceRecord | undefined {
    return this.world.get(keys.device(kid));
  }

  #request(): string {
    this.#requests += 1;
    return `life-${String(this.#requests)}`;
  }
}

/** The id of a statement that is given as it was signed. */
export function idOf(jws: string): string {
  return statementId(jws.slice(0, jws.lastIndexOf('.')));
}
