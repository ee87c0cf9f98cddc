import { expect } from 'chai';
import type { JsonObject } from '../../json/value.js';
import { keys } from '../../state/keys.js';
import {
  carrier,
  hold,
  importer,
  line,
  marked,
  mergeInput,
  one,
  officer,
  opened,
  other,
  partPolicy,
  release,
  splitInput,
} from '../../testing/division-stage.js';
import { actEvent, shipmentInput, StatementStage, testUcr, type TestWorld } from '../../testing/index.js';

describe('MergeShipments', () => {
  function split(): TestWorld {
    const world = opened();
    world.play(importer, 'SplitShipment', splitInput());
    return world;
  }

  it('adds the goods up under a new reference, and ends the others', () => {
    const world = split();
    const { writes } = world.play(importer, 'MergeShipments', mergeInput());
    const whole = '6KRIMPORTER1-WHOLE';
    expect(writes).to.deep.equal([
      `custody/${one}`,
      `custody/${other}`,
      `custody/${whole}`,
      `customs/${one}`,
      `customs/${other}`,
      `customs/${whole}`,
      'guard/CustomsMSP',
      'request/IMPORTER1/merge-1',
      `shipment/${whole}`,
    ]);
    expect(world.get(keys.shipment(whole))).to.deep.include({
      goods: [line, marked],
      parents: [one, other],
      opener: 'IMPORTER1',
    });
    expect(world.get(keys.custody(one))?.ended).to.deep.include({ kind: 'merged', into: [whole] });
    expect(world.policy(keys.customs(whole))).to.deep.equal(partPolicy);
  });

  it('takes over the newest release, where all are released', () => {
    const world = split();
    world.play(officer, 'ReleaseGoods', { ...release, ucr: one });
    expect(world.refusal(importer, 'MergeShipments', mergeInput()).details['differs']).to.deep.equal([
      'released',
    ]);
    world.play(officer, 'ReleaseGoods', { ...release, requestId: 'release-2', ucr: other });
    world.play(importer, 'MergeShipments', mergeInput());
    expect(world.get(keys.customs('6KRIMPORTER1-WHOLE'))?.release).to.deep.equal(
      world.get(keys.customs(other))?.release,
    );
  });

  it('refuses consignments that differ in more than their goods, and says in what', () => {
    const world = opened();
    const elsewhere = { origin: 'JP', transportMode: '4', parties: { importer: 'IMPORTER1' } };
    const input = shipmentInput({ requestId: 'open-2', ucr: one, custodian: 'IMPORTER1', ...elsewhere });
    world.play(importer, 'OpenShipment', input);
    const refusal = world.refusal(importer, 'MergeShipments', mergeInput({ from: [testUcr, one] }));
    expect(refusal.code).to.equal('MERGE_MISMATCH');
    expect(refusal.details).to.deep.equal({
      ucrs: [testUcr, one],
      differs: ['custodian', 'origin', 'transportMode', 'parties'],
    });
  });

  it('refuses what is held or not there, and says which', () => {
    const world = split();
    world.play(officer, 'PlaceHold', { ...hold, ucr: other });
    const { code, details } = world.refusal(importer, 'MergeShipments', mergeInput());
    expect([code, details['pointer']]).to.deep.equal(['GOODS_HELD', '/from/1']);
    const unknown = mergeInput({ from: [one, '6KRIMPORTER1-NONE'] });
    expect(world.refusal(importer, 'MergeShipments', unknown).code).to.equal('SHIPMENT_UNKNOWN');
    expect(world.refusal(importer, 'MergeShipments', mergeInput({ from: [one, one] })).code).to.equal(
      'INVALID_FIELD',
    );
  });

  it('ends them for all but what lies in units', () => {
    const stage = new StatementStage();
    const { world } = stage;
    const box = { parentID: 'urn:epc:id:bic:CSQU3054383', childEPCs: [`urn:passage:ucr:${testUcr}`] };
    const pack = (action: string): JsonObject => actEvent({ type: 'AggregationEvent', action, ...box });
    stage.record('CARRIER1', pack('ADD'));
    world.play(importer, 'OpenShipment', shipmentInput({ requestId: 'open-2', ucr: one }));
    world.play(importer, 'MergeShipments', mergeInput({ from: [testUcr, one] }));
    stage.record('CARRIER1', pack('DELETE'));
    expect(stage.refused('CARRIER1', pack('ADD'))).to.deep.equal(['0 SHIPMENT_ENDED /payload/childEPCs/0']);
    const gone = (caller: typeof importer, name: string, input: JsonObject): void => {
      const { code, details } = world.refusal(caller, name, { requestId: 'r', ucr: testUcr, ...input });
      expect([code, details['into']], name).to.deep.equal(['SHIPMENT_ENDED', ['6KRIMPORTER1-WHOLE']]);
    };
    gone(importer, 'SplitShipment', splitInput({ requestId: 'split-2' }));
    gone(carrier, 'OfferHandover', { to: 'TERMINAL1', place: 'KRPUS' });
    gone(officer, 'PlaceHold', { legalBasis: 'art. 1', response: '5' });
    gone(officer, 'ReleaseGoods', { legalBasis: 'art. 1' });
    gone(carrier, 'NameParty', { partyId: 'TERMINAL1', role: 'terminal_operator' });
    const plateCommitment = 'ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0';
    gone(carrier, 'ReleaseToCarrier', { carrier: 'CARRIER1', plateCommitment, place: 'KRPUS' });
    const document = { document: 'IMPORTER1:D', type: '705', issuer: 'X', number: '1' };
    gone(importer, 'AnchorDocument', { ...document, sha256: 'ab'.repeat(32) });
  });
});
