import type { Caller } from '../command/caller.js';
import type { Finding } from '../customs/customs-record.js';
import type { JsonObject } from '../json/value.js';
import { encodeRecord } from '../state/codec.js';
import { keys } from '../state/keys.js';
import { adminCaller, partyCaller, shipmentInput, testUcr } from './cast.js';
import { TestWorld } from './test-world.js';

const ucr = testUcr;
const importer = partyCaller('IMPORTER1');

export const officer = partyCaller('OFFICER1');
export const colleague: Caller = { ...officer, partyId: 'OFFICER2' };
export const agency: Caller = { ...officer, partyId: 'AGENCY1', role: 'permit_agency' };
export const otherAgency: Caller = { ...agency, partyId: 'AGENCY2' };

/** What every decision of the stage rests on. */
export const law = 'Regulation (EU) 952/2013, art. 188';

/** The test shipment, two officers and two agencies, and short words for what is decided. */
export class CustomsStage {
  readonly world = TestWorld.started();
  #requests = 0;

  constructor(opening: JsonObject = {}) {
    for (const [partyId, role] of [
      ['OFFICER2', 'customs_officer'],
      ['AGENCY1', 'permit_agency'],
      ['AGENCY2', 'permit_agency'],
    ] as const) {
      const input = { requestId: partyId, partyId, name: partyId, roles: [role] };
      this.world.play(adminCaller('CustomsMSP'), 'RegisterParty', input);
    }
    this.world.play(importer, 'OpenShipment', shipmentInput(opening));
  }

  play(caller: Caller, name: string, input: JsonObject = {}): ReturnType<TestWorld['play']> {
    return this.world.play(caller, name, this.#input(name, input));
  }

  refusal(caller: Caller, name: string, input: JsonObject = {}): ReturnType<TestWorld['refusal']> {
    return this.world.refusal(caller, name, this.#input(name, input));
  }

  /** Puts a finding of an inspection onto the record, as an inspection's own act would. */
  found(result: Finding['result']): void {
    const record = this.world.get(keys.customs(ucr));
    if (record === undefined) throw new Error('no standing');
    const finding = { result, by: 'OFFICER1', at: this.world.now() };
    this.world.put(keys.customs(ucr), encodeRecord({ ...record, finding }));
  }

  #input(name: string, input: JsonObject): JsonObject {
    this.#requests += 1;
    const response =
      name === 'PlaceHold' ? { response: '5' } : name === 'ReleaseHold' ? { response: '9' } : {};
    return { requestId: `r-${String(this.#requests)}`, ucr, legalBasis: law, ...response, ...input };
  }
}
