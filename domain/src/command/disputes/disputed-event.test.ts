import { expect } from 'chai';
import { keys } from '../../state/keys.js';
import { codeOf, raising, seen } from '../../testing/dispute-stage.js';
import {
  actEvent,
  observation,
  partyCaller,
  shipmentInput,
  StatementStage,
  testUcr,
} from '../../testing/index.js';

const [importer, broker, carrier, terminal] = [
  partyCaller('IMPORTER1'),
  partyCaller('BROKER1'),
  partyCaller('CARRIER1'),
  partyCaller('TERMINAL1'),
];

describe('RaiseDispute', () => {
  it('refuses what is about another consignment', () => {
    const { stage, world } = seen();
    const ucr = '6KRIMPORTER1-OTHER';
    world.play(importer, 'OpenShipment', shipmentInput({ requestId: 'open-2', ucr }));
    const elsewhere = stage.device('TERMINAL1').next(actEvent(observation(), ucr));
    world.play(terminal, 'RecordStatements', { statements: [elsewhere] });
    for (const event of [
      { statement: elsewhere },
      { act: { by: 'IMPORTER1', requestId: 'open-2' } },
      { act: { by: 'TERMINAL1', requestId: 'device-TERMINAL1' } },
    ]) {
      const refusal = world.refusal(broker, 'RaiseDispute', { ...raising, event });
      expect(refusal.code).to.equal('NOT_ABOUT_SHIPMENT');
      expect(refusal.details['pointer']).to.match(/^\/event\/(?:statement|act)$/);
    }
  });

  it('refuses an act whose declaration or document is of another consignment, or of none', () => {
    const { world } = new StatementStage();
    const ucr = '6KRIMPORTER1-OTHER';
    world.play(importer, 'OpenShipment', shipmentInput({ requestId: 'open-2', ucr }));
    const line = { hs: '847130', hsEdition: '2017', origin: 'CN', packages: 1, quantity: 1 };
    const lines = [{ ...line, unit: { uom: 'KGM', decimals: 0 } }];
    const declaration = { declaration: 'BROKER1:1', procedure: 'import', office: 'KRPUS', lines };
    world.play(broker, 'LodgeDeclaration', { requestId: 'l', ucr, ...declaration });
    const facts = { type: '380', issuer: 'SELLER1', number: '7', sha256: 'ab'.repeat(32) };
    world.play(broker, 'AnchorDocument', { requestId: 'x', ucr, document: 'BROKER1:2', ...facts });
    world.play(broker, 'AnchorDocument', { requestId: 'y', document: 'BROKER1:3', ...facts });
    for (const requestId of ['l', 'x', 'y']) {
      const event = { act: { by: 'BROKER1', requestId } };
      expect(codeOf(world, importer, 'RaiseDispute', { ...raising, event }), requestId).to.equal(
        'NOT_ABOUT_SHIPMENT',
      );
    }
  });

  it('finds an act in each consignment that it splits, merges or puts under a master', () => {
    const { world } = new StatementStage();
    const [one, other, whole] = ['6KRIMPORTER1-1', '6KRIMPORTER1-2', '6KRIMPORTER1-3'];
    const ucr = '6KRIMPORTER1-GOODS';
    const goods = ['A', 'B'].map((marks) => ({ hs: '847130', hsEdition: '2017', marks }));
    world.play(importer, 'OpenShipment', shipmentInput({ requestId: 'open-2', ucr, goods }));
    const into = [one, other].map((part, index) => ({ ucr: part, lines: [{ line: index }] }));
    world.play(importer, 'SplitShipment', { requestId: 'split', ucr, into });
    const master = 'CARRIER1:M';
    const facts = { document: '704', carrier: 'CARRIER1', from: 'CNSHA', to: 'KRPUS' };
    world.play(carrier, 'OpenMaster', { requestId: 'm', master, ...facts });
    world.play(carrier, 'ConsolidateHouses', { requestId: 'in', master, houses: [one] });
    world.play(carrier, 'DeconsolidateHouses', { requestId: 'out', master, houses: [one] });
    world.play(importer, 'MergeShipments', { requestId: 'merge', from: [one, other], ucr: whole });
    for (const [of, by, requestId] of [
      [ucr, 'IMPORTER1', 'split'],
      [other, 'IMPORTER1', 'split'],
      [one, 'CARRIER1', 'in'],
      [one, 'CARRIER1', 'out'],
      [one, 'IMPORTER1', 'merge'],
      [whole, 'IMPORTER1', 'merge'],
    ] as const) {
      const dispute = { requestId: `d-${of}-${requestId}`, ucr: of, event: { act: { by, requestId } } };
      expect(world.play(broker, 'RaiseDispute', { ...raising, ...dispute }).writes).to.have.length(2);
    }
    const event = { act: { by: 'CARRIER1', requestId: 'in' } };
    expect(codeOf(world, broker, 'RaiseDispute', { ...raising, ucr: other, event })).to.equal(
      'NOT_ABOUT_SHIPMENT',
    );
  });

  it('finds an act by the declaration, the document or the unit that its result names', () => {
    const stage = new StatementStage();
    const { world } = stage;
    const container = 'urn:epc:id:bic:CSQU3054383';
    const packing = { type: 'AggregationEvent', action: 'ADD', parentID: container };
    stage.record('CARRIER1', actEvent({ ...packing, childEPCs: [`urn:passage:ucr:${testUcr}`] }, testUcr));
    const unit = 'container:CSQU3054383';
    world.play(carrier, 'FitSeal', {
      requestId: 'f',
      unit,
      seal: 'KR1',
      ucr: testUcr,
      type: 'BLT',
      source: 'CAR',
    });
    const line = { hs: '847130', hsEdition: '2017', origin: 'CN', packages: 1, quantity: 1 };
    const lines = [{ ...line, unit: { uom: 'KGM', decimals: 0 } }];
    const declaration = { declaration: 'BROKER1:1', procedure: 'import', office: 'KRPUS', lines };
    world.play(broker, 'LodgeDeclaration', { requestId: 'l', ucr: testUcr, ...declaration });
    const document = { document: 'BROKER1:2', type: '380', issuer: 'SELLER1', number: '7' };
    const sha256 = 'ab'.repeat(32);
    world.play(broker, 'AnchorDocument', { requestId: 'x', ucr: testUcr, ...document, sha256 });
    for (const [by, requestId] of [
      ['CARRIER1', 'f'],
      ['BROKER1', 'l'],
      ['BROKER1', 'x'],
    ] as const) {
      const dispute = `d-${requestId}`;
      world.play(importer, 'RaiseDispute', {
        ...raising,
        requestId: dispute,
        event: { act: { by, requestId } },
      });
      expect(world.get(keys.dispute(testUcr, 'IMPORTER1', dispute)), requestId).to.not.equal(undefined);
    }
  });
});
