import { expect } from 'chai';
import { customsPolicy, freedPolicy } from '../../customs/held-keys.js';
import { encodeRecord } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { agency, colleague, CustomsStage, law, officer } from '../../testing/customs-stage.js';
import { partyCaller, testUcr } from '../../testing/index.js';

const ucr = testUcr;
const importer = partyCaller('IMPORTER1');
const carrier = partyCaller('CARRIER1');
const terminal = partyCaller('TERMINAL1');
const policy = customsPolicy('CustomsMSP');
const freed = freedPolicy('CustomsMSP');
const units = ['container:CSQU3054383', 'container:MWCU6059784'];

describe('PlaceHold', () => {
  it('writes the hold, changes the standing, and closes custody to the others', () => {
    const customs = new CustomsStage();
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
    const customs = new CustomsStage();
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
    const customs = new CustomsStage();
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
    const customs = new CustomsStage();
    for (const name of ['PlaceHold', 'DetainGoods']) {
      const refusal = customs.refusal(officer, name, { units, carriedBy: units.slice(0, 1) });
      expect(refusal.code).to.equal('INVALID_FIELD');
      expect(refusal.details).to.have.nested.property('violations[0].pointer', '/carriedBy');
    }
  });

  it('says why in a code that fits', () => {
    const customs = new CustomsStage();
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
    const customs = new CustomsStage();
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
    const customs = new CustomsStage();
    for (let hold = 1; hold <= 10; hold += 1) customs.play(officer, 'PlaceHold');
    expect(customs.refusal(officer, 'PlaceHold').code).to.equal('TOO_MANY_HOLDS');
    customs.play(officer, 'ReleaseHold', { hold: 4 });
    expect(customs.play(officer, 'PlaceHold').response['result']).to.deep.equal({ ucr, hold: 11 });
  });
});
