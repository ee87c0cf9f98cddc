import { expect } from 'chai';
import type { JsonObject } from '../../json/value.js';
import { keys } from '../../state/keys.js';
import { declarationStatus } from '../../declaration/declaration.js';
import { isForged } from '../../customs/customs-word.js';
import { encodeRecord } from '../../state/codec.js';
import { partyCaller, shipmentInput, testUcr, TestWorld } from '../../testing/index.js';

const [importer, broker, carrier, terminal, officer] = [
  partyCaller('IMPORTER1'),
  partyCaller('BROKER1'),
  partyCaller('CARRIER1'),
  partyCaller('TERMINAL1'),
  partyCaller('OFFICER1'),
];
const id = 'BROKER1:D-1';
const line = {
  hs: '847130',
  hsEdition: '2017',
  origin: 'CN',
  unit: { uom: 'KGM', decimals: 3 },
  quantity: 12_500,
  packages: 10,
};
const facts = {
  procedure: 'import',
  office: 'KRPUS',
  lines: [line],
  commitments: [{ field: 'customsValue', commitment: 'A'.repeat(43) }],
};
const lodging = { requestId: 'd1', declaration: id, ucr: testUcr, ...facts };
const amendment = { requestId: 'd2', declaration: id, reason: 'weighed again', ...facts };
const withdrawal = { requestId: 'd3', declaration: id, reason: 'sold on' };
const acceptance = { requestId: 'd4', declaration: id, version: 1 };

function opened(): TestWorld {
  const world = TestWorld.started();
  world.play(importer, 'OpenShipment', shipmentInput());
  return world;
}

function lodged(): TestWorld {
  const world = opened();
  world.play(broker, 'LodgeDeclaration', lodging);
  return world;
}

function statusIn(world: TestWorld): string {
  const record = world.get(keys.declaration(id));
  return record === undefined ? 'none' : declarationStatus(record, world.get(keys.acceptance(id)));
}

describe('LodgeDeclaration', () => {
  it('records what is declared, and no value in clear', () => {
    const world = opened();
    const { writes } = world.play(broker, 'LodgeDeclaration', lodging);
    expect(writes).to.deep.equal([`declaration/${id}`, 'request/BROKER1/d1']);
    expect(world.get(keys.declaration(id))).to.deep.equal({
      v: 1,
      declaration: id,
      ucr: testUcr,
      ...facts,
      lodgedAt: world.now(),
      version: 1,
    });
    expect(statusIn(world)).to.equal('lodged');
  });

  it('finds the goods of a line among others of the consignment', () => {
    const world = TestWorld.started();
    const goods = [
      { hs: '090111', hsEdition: '2017' },
      { hs: line.hs, hsEdition: line.hsEdition },
    ];
    world.play(importer, 'OpenShipment', shipmentInput({ goods }));
    world.play(broker, 'LodgeDeclaration', lodging);
  });

  it("refuses strangers, others' numbers, a number twice, and goods that are not there", () => {
    const world = lodged();
    for (const [caller, changes, code] of [
      [broker, {}, 'DECLARATION_EXISTS'],
      [broker, { declaration: 'IMPORTER1:1' }, 'ID_NOT_YOURS'],
      [broker, { declaration: 'BROKER1:2', ucr: '6KRIMPORTER1-NEVER' }, 'SHIPMENT_UNKNOWN'],
      [broker, { declaration: 'BROKER1:2', lines: [{ ...line, hs: '090111' }] }, 'GOODS_MISMATCH'],
      [broker, { declaration: 'BROKER1:2', lines: [{ ...line, hsEdition: '2022' }] }, 'GOODS_MISMATCH'],
      [broker, { declaration: 'BROKER1:2', lines: [line, { ...line, hs: '090111' }] }, 'GOODS_MISMATCH'],
      [broker, { declaration: 'BROKER1:2', lines: [] }, 'INVALID_FIELD'],
      [broker, { declaration: 'BROKER1:2', procedure: 'smuggling' }, 'INVALID_FIELD'],
      [broker, { declaration: 'BROKER1:2', customsValue: 100 }, 'INVALID_FIELD'],
      [terminal, { declaration: 'TERMINAL1:1' }, 'ROLE_NOT_HELD'],
    ] as const) {
      const input: JsonObject = { ...lodging, requestId: 'x', ...changes };
      expect(world.refusal(caller, 'LodgeDeclaration', input).code, JSON.stringify(changes)).to.equal(code);
    }
    const other = { requestId: 'o2', ucr: '6KRIMPORTER1-OTHER', parties: { importer: 'IMPORTER1' } };
    world.play(importer, 'OpenShipment', shipmentInput(other));
    const elsewhere = { ...lodging, requestId: 'x', declaration: 'BROKER1:2', ucr: other.ucr };
    expect(world.refusal(broker, 'LodgeDeclaration', elsewhere).code).to.equal('NOT_NAMED');
  });
});

describe('AcceptDeclaration', () => {
  it("writes customs' own key, and the guard the first time alone", () => {
    const world = lodged();
    const { writes } = world.play(officer, 'AcceptDeclaration', acceptance);
    expect(writes).to.deep.equal([`acceptance/${id}`, 'guard/CustomsMSP', 'request/OFFICER1/d4']);
    const record = world.get(keys.acceptance(id));
    expect(record).to.deep.equal({
      v: 1,
      declaration: id,
      version: 1,
      by: 'OFFICER1',
      role: 'customs_officer',
      at: world.now(),
    });
    expect(statusIn(world)).to.equal('accepted');
    world.play(broker, 'AmendDeclaration', amendment);
    const again = world.play(officer, 'AcceptDeclaration', { ...acceptance, requestId: 'd5', version: 2 });
    expect(again.writes).to.deep.equal([`acceptance/${id}`, 'request/OFFICER1/d5']);
    const bytes = record && encodeRecord(record);
    expect(bytes && isForged(keys.acceptance(id), bytes, ['PortMSP', 'BusinessMSP'])).to.equal(true);
    expect(bytes && isForged(keys.acceptance(id), bytes, ['CustomsMSP', 'PortMSP'])).to.equal(false);
  });

  it('is for customs, for the newest version, once', () => {
    const world = lodged();
    expect(world.refusal(carrier, 'AcceptDeclaration', acceptance).code).to.equal('ROLE_NOT_HELD');
    const unknown = { ...acceptance, declaration: 'BROKER1:NONE' };
    expect(world.refusal(officer, 'AcceptDeclaration', unknown).code).to.equal('DECLARATION_UNKNOWN');
    world.play(broker, 'AmendDeclaration', amendment);
    const stale = world.refusal(officer, 'AcceptDeclaration', acceptance);
    expect(stale.code).to.equal('DECLARATION_CHANGED');
    expect(stale.details).to.deep.equal({ declaration: id, version: 2 });
    world.play(officer, 'AcceptDeclaration', { ...acceptance, version: 2 });
    const again = { ...acceptance, requestId: 'd5', version: 2 };
    expect(world.refusal(officer, 'AcceptDeclaration', again).code).to.equal('DECLARATION_ACCEPTED');
  });

  it('is not for an officer who is a party to the consignment', () => {
    const world = TestWorld.started();
    world.play(importer, 'OpenShipment', shipmentInput({ custodian: 'OFFICER1' }));
    world.play(broker, 'LodgeDeclaration', lodging);
    expect(world.refusal(officer, 'AcceptDeclaration', acceptance).code).to.equal('OWN_CONSIGNMENT');
  });
});

describe('AmendDeclaration and WithdrawDeclaration', () => {
  it('change the declaration by the word of its declarant, until it is withdrawn', () => {
    const world = lodged();
    expect(world.refusal(importer, 'AmendDeclaration', amendment).code).to.equal('ID_NOT_YOURS');
    const { writes } = world.play(broker, 'AmendDeclaration', {
      ...amendment,
      lines: [{ ...line, packages: 9 }],
    });
    expect(writes).to.deep.equal([`declaration/${id}`, 'request/BROKER1/d2']);
    expect(world.get(keys.declaration(id))).to.deep.include({
      version: 2,
      amended: { at: world.now(), reason: 'weighed again' },
      lines: [{ ...line, packages: 9 }],
    });
    expect(statusIn(world)).to.equal('amended');
    world.play(broker, 'WithdrawDeclaration', withdrawal);
    expect(statusIn(world)).to.equal('withdrawn');
    for (const [caller, name, input] of [
      [broker, 'AmendDeclaration', amendment],
      [broker, 'WithdrawDeclaration', withdrawal],
      [officer, 'AcceptDeclaration', { ...acceptance, version: 2 }],
    ] as const) {
      const refusal = world.refusal(caller, name, { ...input, requestId: 'late' });
      expect(refusal.code, name).to.equal('DECLARATION_WITHDRAWN');
    }
  });

  it('are refused while customs holds the goods, and after their release', () => {
    const world = lodged();
    const about = { ucr: testUcr, legalBasis: 'Customs Act, art. 246' };
    world.play(officer, 'PlaceHold', { requestId: 'h', ...about, response: '5' });
    expect(world.refusal(broker, 'AmendDeclaration', amendment).code).to.equal('GOODS_HELD');
    expect(world.refusal(broker, 'WithdrawDeclaration', withdrawal).code).to.equal('GOODS_HELD');
    world.play(officer, 'ReleaseHold', { requestId: 'r', ...about, hold: 1, response: '4' });
    world.play(officer, 'ReleaseGoods', { requestId: 'g', ...about });
    expect(world.refusal(broker, 'AmendDeclaration', amendment).code).to.equal('GOODS_RELEASED');
  });
});
