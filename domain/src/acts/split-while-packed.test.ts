import { expect } from 'chai';
import type { JsonObject } from '../json/value.js';
import { hold, line, marked, mergeInput, one, release, splitInput } from '../testing/division-stage.js';
import { actEvent, partyCaller, shipmentInput, StatementStage, testUcr } from '../testing/index.js';

const [importer, officer] = [partyCaller('IMPORTER1'), partyCaller('OFFICER1')];

describe('goods that still lie in a unit when their consignment is split', () => {
  const box = { parentID: 'urn:epc:id:bic:CSQU3054383', childEPCs: [`urn:passage:ucr:${testUcr}`] };
  const pack = (action: string): JsonObject => actEvent({ type: 'AggregationEvent', action, ...box });
  const unit = 'container:CSQU3054383';

  function splitInBox(): StatementStage {
    const stage = new StatementStage();
    const goods = [line, marked];
    const ucr = '6KRIMPORTER1-OTHER';
    stage.world.play(importer, 'OpenShipment', shipmentInput({ requestId: 'o', ucr, goods }));
    const childEPCs = [`urn:passage:ucr:${ucr}`];
    stage.record('CARRIER1', actEvent({ type: 'AggregationEvent', action: 'ADD', ...box, childEPCs }));
    stage.world.play(importer, 'SplitShipment', splitInput({ ucr }));
    return stage;
  }

  const out = actEvent({
    type: 'AggregationEvent',
    action: 'DELETE',
    ...box,
    childEPCs: ['urn:passage:ucr:6KRIMPORTER1-OTHER'],
  });

  it('stay there while customs holds a part, also one that was split again or merged', () => {
    const stage = splitInBox();
    const { world } = stage;
    world.play(officer, 'PlaceHold', { ...hold, ucr: one });
    const [refusal = ''] = stage.refused('CARRIER1', out);
    expect(refusal).to.equal('0 GOODS_HELD /payload/childEPCs/0');
    world.play(officer, 'ReleaseHold', { ...release, ucr: one, hold: 1, response: '4' });
    world.play(importer, 'MergeShipments', mergeInput());
    const whole = { ...hold, requestId: 'hold-2', ucr: '6KRIMPORTER1-WHOLE' };
    world.play(officer, 'PlaceHold', whole);
    expect(stage.refused('CARRIER1', out)).to.deep.equal(['0 GOODS_HELD /payload/childEPCs/0']);
    const lift = { ...release, requestId: 'lift', ucr: whole.ucr, hold: 1, response: '4' };
    world.play(officer, 'ReleaseHold', lift);
    stage.record('CARRIER1', out);
  });

  it('come out where the hold is about another unit, or has freed this one', () => {
    const elsewhere = splitInBox();
    elsewhere.world.play(officer, 'PlaceHold', { ...hold, ucr: one, units: ['container:MWCU6059784'] });
    elsewhere.record('CARRIER1', out);
    const freed = splitInBox();
    freed.world.play(officer, 'PlaceHold', { ...hold, ucr: one });
    const units = { ...release, ucr: one, hold: 1, response: '9', units: [unit] };
    freed.world.play(officer, 'ReleaseHold', units);
    freed.record('CARRIER1', out);
    const named = splitInBox();
    named.world.play(officer, 'PlaceHold', { ...hold, ucr: one, units: [unit] });
    expect(named.refused('CARRIER1', out)).to.deep.equal(['0 GOODS_HELD /payload/childEPCs/0']);
  });

  it('are read for with nothing more while the consignment stands', () => {
    const stage = new StatementStage();
    const { reads } = stage.record('CARRIER1', pack('ADD'));
    expect(reads.filter((key) => key.startsWith('customs/'))).to.deep.equal([`customs/${testUcr}`]);
  });
});
