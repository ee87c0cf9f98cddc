import { expect } from 'chai';
import { customsPolicy, freedPolicy } from '../../customs/held-keys.js';
import { refuseMoveWhileHeld, refuseWhileHeld } from '../../customs/refuse-while-held.js';
import type { Finding } from '../../customs/customs-record.js';
import type { JsonObject } from '../../json/value.js';
import { encodeRecord } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import {
  adminCaller,
  observation,
  partyCaller,
  shipmentInput,
  TestDevice,
  testLedger,
  testUcr,
  TestWorld,
} from '../../testing/index.js';
import type { Caller } from '../caller.js';

const ucr = testUcr;
const importer = partyCaller('IMPORTER1');
const carrier = partyCaller('CARRIER1');
const terminal = partyCaller('TERMINAL1');
const officer = partyCaller('OFFICER1');
const colleague: Caller = { ...officer, partyId: 'OFFICER2' };
const agency: Caller = { ...officer, partyId: 'AGENCY1', role: 'permit_agency' };
const otherAgency: Caller = { ...agency, partyId: 'AGENCY2' };

const policy = customsPolicy('CustomsMSP');
const freed = freedPolicy('CustomsMSP');
const units = ['container:CSQU3054383', 'container:MWCU6059784'];
const law = 'Regulation (EU) 952/2013, art. 188';

/** The test shipment, two officers and two agencies, and short words for what is decided. */
class Customs {
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

describe('PlaceHold', () => {
  it('writes the hold, changes the standing, and closes custody to the others', () => {
    const customs = new Customs();
    const { writes, policies, response } = customs.play(officer, 'PlaceHold', { reason: 'x-ray' });
    expect(writes).to.deep.equal([`customs/${ucr}`, `hold/${ucr}/1`, 'request/OFFICER1/r-1']);
    expect(policies).to.deep.equal({ [`hold/${ucr}/1`]: policy, [`custody/${ucr}`]: policy });
    expect(response['result']).to.deep.equal({ ucr, hold: 1 });
    const at = customs.world.now();
    const decision = {
      by: 'OFFICER1',
      role: 'customs_officer',
      at,
      legalBasis: law,
      response: '5',
      reason: 'x-ray',
    };
    expect(customs.world.get(keys.hold(ucr, 1))).to.deep.equal({
      v: 1,
      ucr,
      hold: 1,
      kind: 'hold',
      placed: decision,
      partial: [],
    });
    expect(customs.world.get(keys.customs(ucr))).to.deep.equal({
      v: 1,
      ucr,
      customs: 'CustomsMSP',
      holds: 1,
      inForce: [{ hold: 1, kind: 'hold', released: [] }],
      latest: { kind: 'goods_held', hold: 1, decision },
    });
  });

  it('changes the policy of custody with the first hold and the last release alone', () => {
    const customs = new Customs();
    customs.play(officer, 'PlaceHold');
    expect(customs.play(officer, 'DetainGoods').policies).to.deep.equal({ [`hold/${ucr}/2`]: policy });
    expect(customs.play(officer, 'ReleaseHold', { hold: 1 }).policies).to.deep.equal({});
    expect(customs.world.policy(keys.custody(ucr))).to.deep.equal(policy);
    expect(customs.play(colleague, 'ReleaseHold', { hold: 2 }).policies).to.deep.equal({
      [`custody/${ucr}`]: freed,
    });
    expect(customs.world.policy(keys.custody(ucr))).to.equal(undefined);
  });

  it('is for customs, and for an agency that names the permit it waits for', () => {
    const customs = new Customs();
    for (const caller of [importer, carrier, terminal]) {
      expect(customs.refusal(caller, 'PlaceHold').code).to.equal('ROLE_NOT_HELD');
    }
    expect(customs.refusal(agency, 'PlaceHold').code).to.equal('INVALID_FIELD');
    expect(customs.refusal(officer, 'PlaceHold', { permit: 'CITES' }).code).to.equal('INVALID_FIELD');
    expect(customs.refusal(agency, 'DetainGoods').code).to.equal('ROLE_NOT_HELD');
    customs.play(agency, 'PlaceHold', { permit: 'CITES import permit', response: '6' });
    expect(customs.world.get(keys.hold(ucr, 1))).to.deep.include({ permit: 'CITES import permit' });
  });

  it('is about the whole or about units: it says what carries the whole, not the units', () => {
    const customs = new Customs();
    for (const name of ['PlaceHold', 'DetainGoods']) {
      const refusal = customs.refusal(officer, name, { units, carriedBy: units.slice(0, 1) });
      expect(refusal.code).to.equal('INVALID_FIELD');
      expect(refusal.details).to.have.nested.property('violations[0].pointer', '/carriedBy');
    }
  });

  it('says why in a code that fits', () => {
    const customs = new Customs();
    for (const response of ['4', '7', '8', '9', '1', 5]) {
      expect(customs.refusal(officer, 'PlaceHold', { response }).code).to.equal('INVALID_FIELD');
    }
    customs.play(officer, 'DetainGoods');
    expect(customs.world.get(keys.hold(ucr, 1))?.placed.response).to.equal('7');
    expect(customs.refusal(officer, 'ReleaseHold', { hold: 1, response: '5' }).code).to.equal(
      'INVALID_FIELD',
    );
  });

  it('is about a shipment that was opened under this customs', () => {
    const customs = new Customs();
    expect(customs.refusal(officer, 'PlaceHold', { ucr: '6KRIMPORTER1-NONE' }).code).to.equal(
      'SHIPMENT_UNKNOWN',
    );
    const record = customs.world.get(keys.customs(ucr));
    if (record) customs.world.put(keys.customs(ucr), encodeRecord({ ...record, customs: 'OtherCustomsMSP' }));
    const refusal = customs.refusal(officer, 'PlaceHold');
    expect(refusal.code).to.equal('NOT_COMPETENT');
    expect(refusal.details).to.deep.equal({ ucr, customs: 'OtherCustomsMSP' });
  });

  it('takes ten at once, so that the record stays small', () => {
    const customs = new Customs();
    for (let hold = 1; hold <= 10; hold += 1) customs.play(officer, 'PlaceHold');
    expect(customs.refusal(officer, 'PlaceHold').code).to.equal('TOO_MANY_HOLDS');
    customs.play(officer, 'ReleaseHold', { hold: 4 });
    expect(customs.play(officer, 'PlaceHold').response['result']).to.deep.equal({ ucr, hold: 11 });
  });
});

describe('held goods', () => {
  const offer = { requestId: 'offer', ucr, to: 'TERMINAL1', place: 'KRPUS' };
  const accept = { requestId: 'accept', ucr, handover: 1 };

  it('are offered and declined, but not taken over', () => {
    const { world, ...customs } = heldShipment();
    world.play(carrier, 'OfferHandover', offer);
    const refusal = world.refusal(terminal, 'AcceptHandover', accept);
    expect(refusal.code).to.equal('GOODS_HELD');
    expect(refusal.details).to.deep.equal({ ucr, holds: [1] });
    customs.release();
    world.play(terminal, 'AcceptHandover', accept);
    expect(world.get(keys.custody(ucr))?.custodian).to.equal('TERMINAL1');
  });

  it('are declined while they are held', () => {
    const { world } = heldShipment();
    world.play(carrier, 'OfferHandover', offer);
    world.play(terminal, 'RejectHandover', { ...accept, reason: 'held' });
    expect(world.get(keys.custody(ucr))?.custodian).to.equal('CARRIER1');
  });

  it('are seen to move all the same', () => {
    const { world } = heldShipment();
    const device = new TestDevice(testLedger);
    const proof = device.proof({ owner: 'CARRIER1', kind: 'gps_eseal' });
    world.play(carrier, 'RegisterDevice', { requestId: 'd', kind: 'gps_eseal', proof });
    const seen = device.next({ ...observation(), bizStep: 'departing' });
    const { response } = world.play(terminal, 'RecordStatements', { statements: [seen] });
    expect(response).to.have.nested.property('results[0].status', 'accepted');
  });

  it('are not released', () => {
    const customs = new Customs();
    customs.play(officer, 'DetainGoods');
    expect(customs.refusal(officer, 'ReleaseGoods').code).to.equal('GOODS_HELD');
  });

  function heldShipment(): { readonly world: TestWorld; readonly release: () => void } {
    const customs = new Customs();
    customs.play(officer, 'PlaceHold');
    return { world: customs.world, release: () => void customs.play(officer, 'ReleaseHold', { hold: 1 }) };
  }
});

describe('ReleaseHold', () => {
  it('writes who lifted it and on which grounds, and changes the standing', () => {
    const customs = new Customs();
    customs.play(officer, 'PlaceHold');
    const { writes, response } = customs.play(colleague, 'ReleaseHold', { hold: 1, response: '8' });
    expect(writes).to.deep.equal([`customs/${ucr}`, `hold/${ucr}/1`, 'request/OFFICER2/r-2']);
    expect(response['result']).to.deep.equal({ ucr, hold: 1, decision: 'hold_lifted' });
    const at = customs.world.now();
    const lifted = { by: 'OFFICER2', role: 'customs_officer', at, legalBasis: law, response: '8' };
    expect(customs.world.get(keys.hold(ucr, 1))?.lifted).to.deep.equal(lifted);
    expect(customs.world.get(keys.customs(ucr))).to.deep.include({ holds: 1, inForce: [] });
  });

  it('lifts each hold once', () => {
    const customs = new Customs();
    expect(customs.refusal(officer, 'ReleaseHold', { hold: 1 }).code).to.equal('HOLD_UNKNOWN');
    customs.play(officer, 'PlaceHold');
    customs.play(officer, 'ReleaseHold', { hold: 1 });
    expect(customs.refusal(officer, 'ReleaseHold', { hold: 1 }).code).to.equal('HOLD_LIFTED');
  });

  it('leaves an agency’s hold to that agency, and customs’ to customs', () => {
    const customs = new Customs();
    customs.play(agency, 'PlaceHold', { permit: 'phytosanitary certificate', response: '6' });
    customs.play(officer, 'PlaceHold');
    for (const caller of [officer, otherAgency]) {
      expect(customs.refusal(caller, 'ReleaseHold', { hold: 1 }).code).to.equal('NOT_YOUR_HOLD');
    }
    expect(customs.refusal(agency, 'ReleaseHold', { hold: 2 }).code).to.equal('NOT_YOUR_HOLD');
    expect(customs.refusal(importer, 'ReleaseHold', { hold: 1 }).code).to.equal('ROLE_NOT_HELD');
    customs.play(agency, 'ReleaseHold', { hold: 1 });
    customs.play(colleague, 'ReleaseHold', { hold: 2 });
    expect(customs.world.get(keys.customs(ucr))?.inForce).to.deep.equal([]);
  });

  it('frees units one by one, and the hold is lifted with the last', () => {
    const customs = new Customs();
    const closed = units.map((unit) => keys.containment(unit, ucr));
    expect(customs.play(officer, 'PlaceHold', { units }).policies).to.deep.equal({
      [closed[0] ?? '']: policy,
      [closed[1] ?? '']: policy,
      [`custody/${ucr}`]: policy,
      [`hold/${ucr}/1`]: policy,
    });
    const { response, policies } = customs.play(officer, 'ReleaseHold', {
      hold: 1,
      units: units.slice(0, 1),
    });
    expect(response['result']).to.deep.include({ decision: 'units_released' });
    expect(policies).to.deep.equal({ [closed[0] ?? '']: freed });
    expect(customs.world.get(keys.customs(ucr))?.inForce).to.deep.equal([
      { hold: 1, kind: 'hold', units, released: units.slice(0, 1) },
    ]);
    expect(customs.world.get(keys.hold(ucr, 1))?.partial)
      .to.have.nested.property('[0].units')
      .deep.equal([units[0]]);
    for (const again of [[units[0] ?? ''], ['container:APZU4812090']]) {
      expect(customs.refusal(officer, 'ReleaseHold', { hold: 1, units: again }).code).to.equal(
        'UNIT_NOT_HELD',
      );
    }
    const last = customs.play(officer, 'ReleaseHold', { hold: 1, units: units.slice(1) });
    expect(last.response['result']).to.deep.include({ decision: 'hold_lifted' });
    expect(last.policies).to.deep.equal({ [closed[1] ?? '']: freed, [`custody/${ucr}`]: freed });
  });

  it('frees units of a consignment that stays held as a whole', () => {
    const customs = new Customs();
    customs.play(officer, 'PlaceHold', { carriedBy: units });
    const { policies } = customs.play(officer, 'ReleaseHold', { hold: 1, units });
    expect(Object.values(policies)).to.deep.equal([freed, freed]);
    const record = customs.world.get(keys.customs(ucr));
    expect(record?.inForce).to.deep.equal([{ hold: 1, kind: 'hold', carriedBy: units, released: units }]);
    const move = (unit: string): void => {
      refuseMoveWhileHeld(customs.world, ucr, { unit });
    };
    move(units[0] ?? '');
    expect(() => {
      move('container:APZU4812090');
    }).to.throw(`${ucr} is held (1)`);
    expect(() => {
      refuseWhileHeld(customs.world, ucr);
    }).to.throw(`${ucr} is held (1)`);
    const full = Array.from({ length: 49 }, (_, index) => `flight:KE${String(index)}-2026-01-01`);
    expect(customs.refusal(officer, 'ReleaseHold', { hold: 1, units: full }).code).to.equal('UNIT_NOT_HELD');
  });

  it('marks what was decided on paper, with the paper’s date', () => {
    const customs = new Customs();
    customs.play(officer, 'PlaceHold');
    const placedAt = customs.world.now();
    const paper = (at: string): JsonObject => ({ hold: 1, paper: { document: 'P-17', at } });
    const early = customs.refusal(officer, 'ReleaseHold', paper('2025-12-31T00:00:00.000Z'));
    const late = customs.refusal(officer, 'ReleaseHold', paper('2027-01-01T00:00:00.000Z'));
    for (const refusal of [early, late]) {
      expect(refusal.code).to.equal('INVALID_FIELD');
      expect(refusal.details).to.have.nested.property('violations[0].pointer', '/paper/at');
    }
    customs.play(officer, 'ReleaseHold', paper(placedAt));
    const lifted = customs.world.get(keys.hold(ucr, 1))?.lifted;
    expect(lifted?.paper).to.deep.equal({ document: 'P-17', at: placedAt });
    expect(lifted?.at).to.equal(customs.world.now());
  });
});

describe('ReleaseGoods', () => {
  it('is the lawful release, once', () => {
    const customs = new Customs();
    const { writes, policies, response } = customs.play(officer, 'ReleaseGoods');
    expect(writes).to.deep.equal([`customs/${ucr}`, 'request/OFFICER1/r-1']);
    expect(policies).to.deep.equal({});
    expect(response['result']).to.deep.equal({ ucr, decision: 'goods_released' });
    expect(customs.world.get(keys.customs(ucr))?.release).to.deep.equal({
      by: 'OFFICER1',
      role: 'customs_officer',
      at: customs.world.now(),
      legalBasis: law,
      response: '4',
    });
    expect(customs.refusal(colleague, 'ReleaseGoods').code).to.equal('GOODS_RELEASED');
    expect(customs.refusal(agency, 'ReleaseGoods').code).to.equal('ROLE_NOT_HELD');
  });

  it('does not end what customs may hold: released goods are held again', () => {
    const customs = new Customs();
    customs.play(officer, 'ReleaseGoods');
    customs.play(officer, 'PlaceHold');
    expect(customs.world.get(keys.customs(ucr))?.release?.by).to.equal('OFFICER1');
    expect(customs.world.get(keys.customs(ucr))?.inForce).to.have.length(1);
  });
});

describe('who releases', () => {
  it('is no party to the consignment', () => {
    const custodian = new Customs({ custodian: 'OFFICER1' });
    custodian.play(officer, 'PlaceHold');
    for (const [name, input] of [
      ['ReleaseHold', { hold: 1 }],
      ['ReleaseGoods', {}],
    ] as const) {
      const refusal = custodian.refusal(officer, name, input);
      expect(refusal.code, name).to.equal('OWN_CONSIGNMENT');
      expect(refusal.details).to.deep.equal({ ucr, officer: 'OFFICER1' });
    }
    custodian.play(colleague, 'ReleaseHold', { hold: 1 });
    const seller = new Customs({ parties: { importer: 'IMPORTER1', seller: 'OFFICER1' } });
    expect(seller.refusal(officer, 'ReleaseGoods').code).to.equal('OWN_CONSIGNMENT');
    seller.play(colleague, 'ReleaseGoods');
  });

  it('may have been named as customs, but not as anything else', () => {
    const customs = new Customs();
    customs.play(officer, 'PlaceHold');
    customs.world.play(carrier, 'NameParty', {
      requestId: 'n1',
      ucr,
      partyId: 'OFFICER1',
      role: 'customs_officer',
    });
    customs.world.play(carrier, 'NameParty', {
      requestId: 'n2',
      ucr,
      partyId: 'AGENCY1',
      role: 'permit_agency',
    });
    customs.play(agency, 'PlaceHold', { permit: 'p', response: '6' });
    expect(customs.refusal(agency, 'ReleaseHold', { hold: 2 }).code).to.equal('OWN_CONSIGNMENT');
    customs.play(officer, 'ReleaseHold', { hold: 1 });
  });

  it('needs a second officer after an inspection that did not conform', () => {
    const customs = new Customs();
    customs.play(officer, 'PlaceHold');
    customs.found('non_conforming');
    const first = customs.play(officer, 'ReleaseHold', { hold: 1 });
    expect(first.response['result']).to.deep.include({ decision: 'release_proposed' });
    expect(first.policies).to.deep.equal({});
    expect(customs.world.get(keys.customs(ucr))?.inForce).to.have.length(1);
    expect(customs.refusal(officer, 'ReleaseHold', { hold: 1 }).code).to.equal('SECOND_OFFICER');
    const second = customs.play(colleague, 'ReleaseHold', { hold: 1 });
    expect(second.response['result']).to.deep.include({ decision: 'hold_lifted' });
    const hold = customs.world.get(keys.hold(ucr, 1));
    expect(hold?.lifted).to.deep.include({ by: 'OFFICER2', proposedBy: 'OFFICER1' });
    expect(hold).not.to.have.property('proposed');

    customs.play(colleague, 'ReleaseGoods');
    expect(customs.refusal(colleague, 'ReleaseGoods').code).to.equal('SECOND_OFFICER');
    customs.play(officer, 'ReleaseGoods');
    const standing = customs.world.get(keys.customs(ucr));
    expect(standing?.release).to.deep.include({ by: 'OFFICER1', proposedBy: 'OFFICER2' });
    expect(standing).not.to.have.property('proposedRelease');
  });

  it('seconds exactly what was proposed, and nothing that a new hold has overtaken', () => {
    const customs = new Customs();
    customs.play(officer, 'PlaceHold', { units });
    customs.found('non_conforming');
    customs.play(officer, 'ReleaseHold', { hold: 1 });
    const other = customs.play(colleague, 'ReleaseHold', { hold: 1, units: units.slice(0, 1) });
    expect(other.response['result']).to.deep.include({ decision: 'release_proposed' });

    const goods = new Customs();
    goods.found('non_conforming');
    goods.play(officer, 'ReleaseGoods');
    goods.play(officer, 'PlaceHold');
    goods.found('conforming');
    goods.play(officer, 'ReleaseHold', { hold: 1 });
    goods.found('non_conforming');
    const anew = goods.play(colleague, 'ReleaseGoods');
    expect(anew.response['result']).to.deep.equal({ ucr, decision: 'release_proposed' });
  });

  it('is alone where the inspection conformed', () => {
    const customs = new Customs();
    customs.found('conforming');
    expect(customs.play(officer, 'ReleaseGoods').response['result']).to.deep.include({
      decision: 'goods_released',
    });
  });
});
