import { expect } from 'chai';
import type { JsonObject } from '../../json/value.js';
import { keys } from '../../state/keys.js';
import {
  carrier,
  hold,
  importer,
  line,
  marked,
  one,
  officer,
  opened,
  other,
  partPolicy,
  release,
  splitInput,
} from '../../testing/division-stage.js';
import { partyCaller, testUcr, TestWorld } from '../../testing/index.js';

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
      [`customs/${one}`]: partPolicy,
      [`customs/${other}`]: partPolicy,
      [`shipment/${one}`]: partPolicy,
      [`shipment/${other}`]: partPolicy,
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
