import { expect } from 'chai';
import { regimeTransitions } from '../../customs/regime.js';
import { procedures, type Procedure } from '../../declaration/declaration-record.js';
import type { JsonObject } from '../../json/value.js';
import { keys } from '../../state/keys.js';
import { actEvent, StatementStage } from '../../testing/statement-stage.js';
import { partyCaller, shipmentInput, testUcr, TestWorld } from '../../testing/index.js';

const [importer, broker, carrier, officer, terminal] = [
  partyCaller('IMPORTER1'),
  partyCaller('BROKER1'),
  partyCaller('CARRIER1'),
  partyCaller('OFFICER1'),
  partyCaller('TERMINAL1'),
];
const legalBasis = 'Regulation (EU) 952/2013, art. 201';
const plateCommitment = 'ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0';

/** A test shipment on which declarations are lodged, accepted and acted on. */
class Customs {
  readonly world: TestWorld;
  #count = 0;

  constructor(world = TestWorld.started()) {
    this.world = world;
  }

  static opened(): Customs {
    const customs = new Customs();
    customs.world.play(importer, 'OpenShipment', shipmentInput());
    return customs;
  }

  /** The id of an accepted declaration for a procedure. */
  declared(procedure: Procedure): string {
    this.#count += 1;
    const declaration = `BROKER1:${String(this.#count)}`;
    const kind = { hs: '847130', hsEdition: '2017', origin: 'CN' };
    const lines = [{ ...kind, unit: { uom: 'KGM', decimals: 0 }, quantity: 1, packages: 1 }];
    const facts = { ucr: testUcr, procedure, office: 'KRPUS', lines };
    this.world.play(broker, 'LodgeDeclaration', { requestId: `l${declaration}`, declaration, ...facts });
    this.world.play(officer, 'AcceptDeclaration', { requestId: `a${declaration}`, declaration, version: 1 });
    return declaration;
  }

  placement(declaration: string): JsonObject & { readonly requestId: string } {
    return { requestId: `p${declaration}`, declaration, version: 1, legalBasis };
  }

  place(procedure: Procedure): string {
    const declaration = this.declared(procedure);
    this.world.play(officer, 'PlaceUnderProcedure', this.placement(declaration));
    return declaration;
  }

  /** The code with which placing under a procedure is refused. */
  refused(procedure: Procedure): string {
    return this.world.refusal(officer, 'PlaceUnderProcedure', this.placement(this.declared(procedure))).code;
  }
}

describe('PlaceUnderProcedure', () => {
  it('records the procedure, the declaration and the officer', () => {
    const customs = Customs.opened();
    const declaration = customs.declared('transit');
    const { world } = customs;
    const { writes, response } = world.play(officer, 'PlaceUnderProcedure', customs.placement(declaration));
    expect(writes).to.deep.equal([`customs/${testUcr}`, `request/OFFICER1/p${declaration}`]);
    expect(response['result']).to.deep.equal({ ucr: testUcr, procedure: 'transit' });
    const placed = { by: 'OFFICER1', role: 'customs_officer', at: world.now(), legalBasis, response: '8' };
    expect(world.get(keys.customs(testUcr))).to.deep.equal({
      v: 1,
      ucr: testUcr,
      customs: 'CustomsMSP',
      holds: 0,
      inForce: [],
      regime: { procedure: 'transit', declaration, version: 1, placed },
      latest: { kind: 'placed_under_procedure', decision: placed },
    });
  });

  it('goes from one procedure to another as the table says, and no other way', () => {
    for (const to of procedures) Customs.opened().place(to);
    for (const from of procedures) {
      for (const to of procedures) {
        const customs = Customs.opened();
        customs.place(from);
        if (regimeTransitions[from].includes(to)) customs.place(to);
        else expect(customs.refused(to), `${from} → ${to}`).to.equal('REGIME_REFUSED');
      }
    }
  });

  it('needs the newest version of the declaration, accepted', () => {
    const customs = Customs.opened();
    const { world } = customs;
    const declaration = customs.declared('import');
    const refusal = (changes: JsonObject): string =>
      world.refusal(officer, 'PlaceUnderProcedure', { ...customs.placement(declaration), ...changes }).code;
    expect(refusal({ declaration: 'BROKER1:none' })).to.equal('DECLARATION_UNKNOWN');
    expect(refusal({ version: 2 })).to.equal('DECLARATION_CHANGED');
    const { lines, office } = world.get(keys.declaration(declaration)) ?? { lines: [], office: '' };
    const facts = { procedure: 'transit', office, lines };
    world.play(broker, 'AmendDeclaration', { requestId: 'am', declaration, ...facts, reason: 'mistake' });
    expect(refusal({})).to.equal('DECLARATION_CHANGED');
    expect(refusal({ version: 2 })).to.equal('DECLARATION_NOT_ACCEPTED');
    world.play(broker, 'WithdrawDeclaration', { requestId: 'wd', declaration, reason: 'mistake' });
    expect(refusal({ version: 2 })).to.equal('DECLARATION_WITHDRAWN');
  });

  it('is an officer’s, who is no party to the goods, and waits while they are held', () => {
    const customs = Customs.opened();
    const { world } = customs;
    const placement = customs.placement(customs.declared('import'));
    expect(world.refusal(broker, 'PlaceUnderProcedure', placement).code).to.equal('ROLE_NOT_HELD');
    const hold = { requestId: 'h', ucr: testUcr, legalBasis, response: '5' };
    world.play(officer, 'PlaceHold', hold);
    expect(world.refusal(officer, 'PlaceUnderProcedure', placement).code).to.equal('GOODS_HELD');
    const own = Customs.opened();
    own.world.play(carrier, 'OfferHandover', {
      requestId: 'o',
      ucr: testUcr,
      to: 'OFFICER1',
      place: 'KRPUS',
    });
    const input = own.placement(own.declared('import'));
    own.world.play(officer, 'AcceptHandover', { requestId: 'a', ucr: testUcr, handover: 1 });
    expect(own.world.refusal(officer, 'PlaceUnderProcedure', input).code).to.equal('OWN_CONSIGNMENT');
  });

  it('ends the release from the procedure before', () => {
    const customs = Customs.opened();
    const { world } = customs;
    customs.place('import');
    world.play(officer, 'ReleaseGoods', { requestId: 'r1', ucr: testUcr, legalBasis });
    customs.place('re_export');
    expect(world.get(keys.customs(testUcr))).not.to.have.property('release');
    world.play(officer, 'ReleaseGoods', { requestId: 'r2', ucr: testUcr, legalBasis });
    expect(world.get(keys.customs(testUcr))).to.have.nested.property('regime.procedure', 're_export');
  });
});

describe('goods under customs control', () => {
  const offer = (requestId: string, to: string): JsonObject => ({
    requestId,
    ucr: testUcr,
    to,
    place: 'KRPUS',
  });
  const release = { requestId: 'r', ucr: testUcr, legalBasis };
  const pickup = { requestId: 'pu', ucr: testUcr, carrier: 'CARRIER1', plateCommitment, place: 'KRPUS' };

  it('go from keeper to keeper, and to nobody else before their release', () => {
    for (const procedure of ['transit', 'bonded_warehouse', 'transhipment'] as const) {
      const customs = Customs.opened();
      const { world } = customs;
      customs.place(procedure);
      world.play(carrier, 'OfferHandover', offer('o1', 'TERMINAL1'));
      world.play(terminal, 'AcceptHandover', { requestId: 'a1', ucr: testUcr, handover: 1 });
      world.play(terminal, 'OfferHandover', offer('o2', 'IMPORTER1'));
      const accept = { requestId: 'a2', ucr: testUcr, handover: 2 };
      const { code, details } = world.refusal(importer, 'AcceptHandover', accept);
      expect([code, details['procedure']]).to.deep.equal(['UNDER_CUSTOMS_CONTROL', procedure]);
      expect(world.refusal(terminal, 'ReleaseToCarrier', pickup).code).to.equal('UNDER_CUSTOMS_CONTROL');
      world.play(officer, 'ReleaseGoods', release);
      world.play(terminal, 'ReleaseToCarrier', pickup);
      world.play(importer, 'AcceptHandover', accept);
    }
  });

  it('are free under any other procedure', () => {
    for (const procedure of ['import', 'export', 're_export'] as const) {
      const { world } = ((customs) => (customs.place(procedure), customs))(Customs.opened());
      world.play(carrier, 'OfferHandover', offer('o1', 'IMPORTER1'));
      world.play(importer, 'AcceptHandover', { requestId: 'a1', ucr: testUcr, handover: 1 });
    }
  });

  it('do not cease to be', () => {
    const stage = new StatementStage();
    const customs = new Customs(stage.world);
    customs.place('bonded_warehouse');
    const consumed = actEvent({
      type: 'ObjectEvent',
      action: 'DELETE',
      epcList: [`urn:passage:ucr:${testUcr}`],
    });
    expect(stage.refused('CARRIER1', consumed)).to.deep.equal(['0 UNDER_CUSTOMS_CONTROL /payload/epcList/0']);
    customs.world.play(officer, 'ReleaseGoods', release);
    stage.record('CARRIER1', consumed);
  });

  it('stay under it when they are split or merged, and are merged only with their like', () => {
    const world = TestWorld.started();
    const goods = [{ hs: '847130', hsEdition: '2017', quantity: 2, unit: { uom: 'NAR', decimals: 0 } }];
    world.play(importer, 'OpenShipment', shipmentInput({ goods }));
    new Customs(world).place('transit');
    const [one, other] = ['6KRIMPORTER1-A', '6KRIMPORTER1-B'];
    const into = [one, other].map((ucr) => ({ ucr, lines: [{ line: 0, quantity: 1 }] }));
    world.play(importer, 'SplitShipment', { requestId: 's', ucr: testUcr, into });
    expect(world.get(keys.customs(one))?.regime).to.deep.equal(world.get(keys.customs(testUcr))?.regime);
    const free = '6KRIMPORTER1-C';
    world.play(importer, 'OpenShipment', shipmentInput({ requestId: 'open-2', ucr: free, goods }));
    const merge = { requestId: 'm', ucr: '6KRIMPORTER1-D', from: [one, free] };
    expect(world.refusal(importer, 'MergeShipments', merge).details['differs']).to.deep.equal(['procedure']);
    world.play(importer, 'MergeShipments', { ...merge, from: [one, other] });
    expect(world.get(keys.customs('6KRIMPORTER1-D'))?.regime?.procedure).to.equal('transit');
  });
});
