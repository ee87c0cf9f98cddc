import { expect } from 'chai';
import { customsPolicy, freedPolicy } from '../../customs/held-keys.js';
import { refuseMoveWhileHeld, refuseWhileHeld } from '../../customs/refuse-while-held.js';
import type { JsonObject } from '../../json/value.js';
import { keys } from '../../state/keys.js';
import { agency, colleague, CustomsStage, law, officer, otherAgency } from '../../testing/customs-stage.js';
import { partyCaller, testUcr } from '../../testing/index.js';

const ucr = testUcr;
const importer = partyCaller('IMPORTER1');
const policy = customsPolicy('CustomsMSP');
const freed = freedPolicy('CustomsMSP');
const units = ['container:CSQU3054383', 'container:MWCU6059784'];

describe('ReleaseHold', () => {
  it('writes who lifted it and on which grounds, and changes the standing', () => {
    const customs = new CustomsStage();
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
    const customs = new CustomsStage();
    expect(customs.refusal(officer, 'ReleaseHold', { hold: 1 }).code).to.equal('HOLD_UNKNOWN');
    customs.play(officer, 'PlaceHold');
    customs.play(officer, 'ReleaseHold', { hold: 1 });
    expect(customs.refusal(officer, 'ReleaseHold', { hold: 1 }).code).to.equal('HOLD_LIFTED');
  });

  it('leaves an agency’s hold to that agency, and customs’ to customs', () => {
    const customs = new CustomsStage();
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
    const customs = new CustomsStage();
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
    const customs = new CustomsStage();
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
    const customs = new CustomsStage();
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
