import { expect } from 'chai';
import type { JsonObject } from '../../json/value.js';
import { keys } from '../../state/keys.js';
import { actEvent, StatementStage } from '../../testing/statement-stage.js';
import { partyCaller, shipmentInput, testUcr, TestWorld } from '../../testing/index.js';

const [importer, carrier, officer] = [
  partyCaller('IMPORTER1'),
  partyCaller('CARRIER1'),
  partyCaller('OFFICER1'),
];

const line = {
  hs: '080610',
  hsEdition: '2022',
  quantity: 1000,
  unit: { uom: 'KGM', decimals: 0 },
  packages: { count: 40, type: 'CT' },
};
const marked = { hs: '847130', hsEdition: '2022', marks: 'ACME' };
const [one, other] = ['6KRIMPORTER1-PART1', '6KRIMPORTER1-PART2'];
const policy = { allOf: 'CustomsMSP', oneOf: ['PortMSP', 'BusinessMSP'] };

/** A split of the test shipment: 600 and 400 of the first line, the second line whole. */
function splitInput(changes: JsonObject = {}): JsonObject {
  return {
    requestId: 'split-1',
    ucr: testUcr,
    into: [
      { ucr: one, lines: [{ line: 0, quantity: 600, packages: 24 }, { line: 1 }] },
      { ucr: other, lines: [{ line: 0, quantity: 400, packages: 16 }] },
    ],
    ...changes,
  };
}

function mergeInput(changes: JsonObject = {}): JsonObject {
  return { requestId: 'merge-1', ucr: '6KRIMPORTER1-WHOLE', from: [one, other], ...changes };
}

function opened(changes: JsonObject = {}): TestWorld {
  const world = TestWorld.started();
  world.play(importer, 'OpenShipment', shipmentInput({ goods: [line, marked], ...changes }));
  return world;
}

const hold = { requestId: 'hold-1', ucr: testUcr, legalBasis: 'art. 1', response: '5' };
const release = { requestId: 'release-1', ucr: testUcr, legalBasis: 'art. 2' };

describe('SplitShipment', () => {
  it('opens the parts with what they have of each line, and ends the consignment', () => {
    const world = opened();
    const { writes, policies, response } = world.play(importer, 'SplitShipment', splitInput());
    expect(writes).to.deep.equal([
      `custody/${testUcr}`,
      `custody/${one}`,
      `custody/${other}`,
      `customs/${testUcr}`,
      `customs/${one}`,
      `customs/${other}`,
      'guard/CustomsMSP',
      'request/IMPORTER1/split-1',
      `shipment/${one}`,
      `shipment/${other}`,
    ]);
    expect(policies).to.deep.equal({
      [`customs/${one}`]: policy,
      [`customs/${other}`]: policy,
      [`shipment/${one}`]: policy,
      [`shipment/${other}`]: policy,
    });
    expect(response).to.deep.equal({ result: { ucr: testUcr, into: [one, other] }, duplicate: false });
    const parent = world.get(keys.shipment(testUcr));
    expect(world.get(keys.shipment(one))).to.deep.equal({
      ...parent,
      ucr: one,
      parents: [testUcr],
      goods: [{ ...line, quantity: 600, packages: { count: 24, type: 'CT' } }, marked],
      openedAt: world.now(),
    });
    expect(world.get(keys.shipment(other))?.goods).to.deep.equal([
      { ...line, quantity: 400, packages: { count: 16, type: 'CT' } },
    ]);
    expect(world.get(keys.custody(one))).to.deep.equal({
      v: 1,
      ucr: one,
      custodian: 'CARRIER1',
      since: world.now(),
      handovers: 0,
    });
    const ended = { kind: 'split', into: [one, other], by: 'IMPORTER1', at: world.now() };
    expect(world.get(keys.custody(testUcr))?.ended).to.deep.equal(ended);
    expect(world.get(keys.customs(testUcr))?.ended).to.deep.equal(ended);
  });

  it('leaves what customs has said of the goods said', () => {
    const world = opened();
    world.play(officer, 'ReleaseGoods', release);
    world.play(importer, 'SplitShipment', splitInput());
    const parent = world.get(keys.customs(testUcr));
    expect(world.get(keys.customs(one))).to.deep.equal({
      v: 1,
      ucr: one,
      customs: 'CustomsMSP',
      holds: 0,
      inForce: [],
      release: parent?.release,
      latest: parent?.latest,
    });
  });

  it('names again, in their roles, whom the input lists', () => {
    const world = opened();
    world.play(carrier, 'NameParty', {
      requestId: 'n',
      ucr: testUcr,
      partyId: 'TERMINAL1',
      role: 'terminal_operator',
    });
    const stranger = splitInput({ named: ['BROKER1'] });
    expect(world.refusal(importer, 'SplitShipment', stranger).code).to.equal('NAMING_UNKNOWN');
    world.play(importer, 'SplitShipment', splitInput({ named: ['TERMINAL1'] }));
    for (const ucr of [one, other]) {
      expect(world.get(keys.naming(ucr, 'TERMINAL1'))).to.deep.equal({
        v: 1,
        ucr,
        partyId: 'TERMINAL1',
        role: 'terminal_operator',
        namedBy: 'IMPORTER1',
        namedAt: world.now(),
      });
    }
  });

  it('refuses quantities that do not add up', () => {
    const first = { ucr: one, lines: [{ line: 0, quantity: 600, packages: 24 }, { line: 1 }] };
    const second = (quantity: number): JsonObject => ({
      ucr: other,
      lines: [{ line: 0, quantity, packages: 16 }],
    });
    const code = (quantity: number): string =>
      opened().refusal(importer, 'SplitShipment', splitInput({ into: [first, second(quantity)] })).code;
    expect(code(401)).to.equal('QUANTITY_EXCEEDED');
    expect(code(399)).to.equal('QUANTITY_LEFT_OVER');
  });

  it('refuses references that are not new, not its own, or given twice', () => {
    const world = opened();
    const refused = (first: string, second = other): string => {
      const [a, b] = splitInput()['into'] as [JsonObject, JsonObject];
      const into = [
        { ...a, ucr: first },
        { ...b, ucr: second },
      ];
      return world.refusal(importer, 'SplitShipment', splitInput({ into })).code;
    };
    expect(refused('6KRSELLER1-PART')).to.equal('UCR_NOT_YOURS');
    expect(refused(testUcr)).to.equal('SHIPMENT_EXISTS');
    expect(refused(other)).to.equal('INVALID_FIELD');
  });

  it('is for the opener and the custodian, who are traders or forwarders', () => {
    const world = opened();
    const seller = partyCaller('SELLER1');
    expect(world.refusal(seller, 'SplitShipment', splitInput()).code).to.equal('MAY_NOT_DIVIDE');
    expect(world.refusal(carrier, 'SplitShipment', splitInput()).code).to.equal('ROLE_NOT_HELD');
    const theirs = opened({ custodian: 'SELLER1' });
    const [a, b] = splitInput()['into'] as [JsonObject, JsonObject];
    const into = [
      { ...a, ucr: '6CNSELLER1-A' },
      { ...b, ucr: '6CNSELLER1-B' },
    ];
    theirs.play(seller, 'SplitShipment', splitInput({ into }));
    expect(theirs.get(keys.shipment('6CNSELLER1-A'))?.opener).to.equal('SELLER1');
  });

  it('refuses what is not there, held, offered, or under a master', () => {
    const code = (world: TestWorld): string => world.refusal(importer, 'SplitShipment', splitInput()).code;
    expect(code(TestWorld.started())).to.equal('SHIPMENT_UNKNOWN');
    const held = opened();
    held.play(officer, 'PlaceHold', hold);
    expect(code(held)).to.equal('GOODS_HELD');
    const inspected = opened();
    inspected.play(officer, 'OrderInspection', {
      requestId: 'i',
      ucr: testUcr,
      kind: 'documents',
      to: 'TERMINAL1',
      deadline: '2026-02-01T00:00:00.000Z',
      legalBasis: 'art. 1',
    });
    expect(code(inspected)).to.equal('UNDER_INSPECTION');
    const offered = opened();
    offered.play(carrier, 'OfferHandover', { requestId: 'o', ucr: testUcr, to: 'TERMINAL1', place: 'KRPUS' });
    expect(code(offered)).to.equal('HANDOVER_OPEN');
    const under = opened();
    const master = 'CARRIER1:MBL1';
    const facts = { document: '704', carrier: 'CARRIER1', from: 'CNSHA', to: 'KRPUS' };
    under.play(carrier, 'OpenMaster', { requestId: 'm', master, ...facts });
    under.play(carrier, 'ConsolidateHouses', { requestId: 'c', master, houses: [testUcr] });
    expect(code(under)).to.equal('CONSOLIDATED');
  });
});

describe('a consignment that customs inspects', () => {
  const order = {
    ucr: testUcr,
    kind: 'documents',
    to: 'TERMINAL1',
    deadline: '2026-02-01T00:00:00.000Z',
    legalBasis: 'art. 1',
  };
  const terminal = partyCaller('TERMINAL1');
  const inspected = (world: TestWorld, inspection: number): void => {
    const about = { ucr: testUcr, inspection };
    const opinion = { result: 'conforming', reason: 'in order' };
    world.play(officer, 'JudgeInspection', { requestId: `j-${String(inspection)}`, ...about, ...opinion });
    const disposition = 'release_recommended';
    world.play(officer, 'DisposeInspection', { requestId: `d-${String(inspection)}`, ...about, disposition });
  };

  it('is split once each inspection has its outcome, not only the newest', () => {
    const world = opened();
    for (const requestId of ['i-1', 'i-2']) world.play(officer, 'OrderInspection', { requestId, ...order });
    inspected(world, 2);
    const refusal = world.refusal(importer, 'SplitShipment', splitInput());
    expect([refusal.code, refusal.details['inspection']]).to.deep.equal(['UNDER_INSPECTION', 1]);
    inspected(world, 1);
    world.play(importer, 'SplitShipment', splitInput());
  });

  it('waits after a refused order for the one that customs gives in its place', () => {
    const world = opened();
    world.play(officer, 'OrderInspection', { requestId: 'i-1', ...order });
    const refused = { answer: 'refused', reason: 'no room' };
    world.play(terminal, 'AnswerInspection', { requestId: 'a-1', ucr: testUcr, inspection: 1, ...refused });
    expect(world.refusal(importer, 'SplitShipment', splitInput()).code).to.equal('UNDER_INSPECTION');
    world.play(officer, 'OrderInspection', { requestId: 'i-2', ...order });
    inspected(world, 2);
    world.play(importer, 'SplitShipment', splitInput());
  });
});

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
    expect(world.policy(keys.customs(whole))).to.deep.equal(policy);
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
