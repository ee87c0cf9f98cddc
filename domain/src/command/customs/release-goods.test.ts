import { expect } from 'chai';
import { keys } from '../../state/keys.js';
import { agency, colleague, CustomsStage, law, officer } from '../../testing/customs-stage.js';
import { partyCaller, testUcr } from '../../testing/index.js';

const ucr = testUcr;
const carrier = partyCaller('CARRIER1');
const units = ['container:CSQU3054383', 'container:MWCU6059784'];

describe('ReleaseGoods', () => {
  it('is the lawful release, once', () => {
    const customs = new CustomsStage();
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
    const customs = new CustomsStage();
    customs.play(officer, 'ReleaseGoods');
    customs.play(officer, 'PlaceHold');
    expect(customs.world.get(keys.customs(ucr))?.release?.by).to.equal('OFFICER1');
    expect(customs.world.get(keys.customs(ucr))?.inForce).to.have.length(1);
  });
});

describe('who releases', () => {
  it('is no party to the consignment', () => {
    const custodian = new CustomsStage({ custodian: 'OFFICER1' });
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
    const seller = new CustomsStage({ parties: { importer: 'IMPORTER1', seller: 'OFFICER1' } });
    expect(seller.refusal(officer, 'ReleaseGoods').code).to.equal('OWN_CONSIGNMENT');
    seller.play(colleague, 'ReleaseGoods');
  });

  it('may have been named as customs, but not as anything else', () => {
    const customs = new CustomsStage();
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
    const customs = new CustomsStage();
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
    const customs = new CustomsStage();
    customs.play(officer, 'PlaceHold', { units });
    customs.found('non_conforming');
    customs.play(officer, 'ReleaseHold', { hold: 1 });
    const other = customs.play(colleague, 'ReleaseHold', { hold: 1, units: units.slice(0, 1) });
    expect(other.response['result']).to.deep.include({ decision: 'release_proposed' });

    const goods = new CustomsStage();
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
    const customs = new CustomsStage();
    customs.found('conforming');
    expect(customs.play(officer, 'ReleaseGoods').response['result']).to.deep.include({
      decision: 'goods_released',
    });
  });
});
