import { expect } from 'chai';

import { at, membersAt } from '../testing/read.js';
import type { Members } from '../testing/read.js';
import { codeOf, fine, openShipment, prepared, record, settled } from '../testing/story.js';
import type { TestDevice } from '../testing/test-device.js';
import { TestGateway, carrier } from '../testing/test-gateway.js';

const ucr = '6KRKRIMP01-PACKED';
const [box, pallet, ship] = ['container:CSQU3054383', 'sscc:040123450000001112', 'ship:9176187'];
const uris = {
  box: 'urn:epc:id:bic:CSQU3054383',
  pallet: 'urn:epc:id:sscc:4012345.0000000111',
  ship: 'urn:epc:id:imovn:9176187',
};

describe('what was inside what, over GraphQL', () => {
  let gateway: TestGateway;
  let device: TestDevice;
  /** The block after each step of the story. */
  const blocks: number[] = [];

  const pack = async (event: Parameters<TestDevice['statement']>[1]): Promise<void> => {
    const packing = { type: 'AggregationEvent', action: 'ADD', epcList: undefined, ...event };
    const [id = ''] = await record(gateway, [device.statement(ucr, packing)]);
    blocks.push(Number(at(await settled(gateway, id), 'verification.block')));
  };

  before(async () => {
    gateway = await (await TestGateway.open()).start();
    device = await prepared(gateway);
    const goods = [{ hs: '080610', hsEdition: '2022', packages: { count: 40, type: 'CT' } }];
    fine(await openShipment(gateway, { ucr, goods }));
    const cartons = (quantity: number) => [{ epcClass: `urn:passage:ucr:${ucr}`, quantity }];
    await pack({ parentID: uris.pallet, childQuantityList: cartons(30) });
    await pack({ parentID: uris.box, childEPCs: [uris.pallet] });
    await pack({ parentID: uris.ship, childEPCs: [uris.box] });
    await pack({ type: 'AssociationEvent', parentID: uris.box, childEPCs: ['urn:passage:seal:KR1'] });
    await pack({ parentID: uris.box, childQuantityList: cartons(15) });
  });
  after(() => gateway.remove());

  const contents = async (when: object, unit = ship): Promise<unknown> => {
    const level = 'unit goods { ucr packages }';
    const query = `query ($unit: TransportUnitId!, $atBlock: Natural, $at: DateTime) {
      contents(unit: $unit, atBlock: $atBlock, at: $at) { ${level} units { ${level} units { ${level} units { unit } } } }
    }`;
    return fine(await gateway.ask(query, carrier, { unit, ...when })).contents;
  };

  it('goes further and further in, at any block', async () => {
    const palletThen = { unit: pallet, goods: [{ ucr, packages: 30 }], units: [] };
    const inBox = { unit: box, goods: [] as object[], units: [palletThen] };
    expect(await contents({ atBlock: blocks[1] })).to.deep.equal({ unit: ship, goods: [], units: [] });
    expect(await contents({ atBlock: blocks[1] }, box)).to.deep.equal(inBox);
    expect(await contents({ atBlock: blocks[2] })).to.deep.equal({ unit: ship, goods: [], units: [inBox] });
    const now = { ...inBox, goods: [{ ucr, packages: 15 }] };
    expect(await contents({})).to.deep.equal({ unit: ship, goods: [], units: [now] });
    expect(await contents({ at: '2100-01-01T00:00:00Z' })).to.deep.equal(await contents({}));
    expect(await contents({ at: '1999-01-01T00:00:00Z' })).to.deep.equal({
      unit: ship,
      goods: [],
      units: [],
    });
  });

  it('refuses a moment that the index does not have, and two moments', async () => {
    const query = `query ($atBlock: Natural, $at: DateTime) {
      contents(unit: "${ship}", atBlock: $atBlock, at: $at) { unit }
    }`;
    for (const when of [{ atBlock: 999 }, { atBlock: 1, at: '2026-01-01T00:00:00Z' }]) {
      expect(codeOf(await gateway.ask(query, carrier, when))).to.equal('BAD_ARGUMENT');
    }
  });

  it('says of a shipment in which units it travels, and what cannot be as it was packed', async () => {
    const query = `query ($ucr: UCR!, $atBlock: Natural) { shipment(ucr: $ucr) {
      units(atBlock: $atBlock) { nodes { unit goods packages within by } }
      alerts { nodes { kind subject path { what id } details } }
    } }`;
    const ask = async (atBlock?: number): Promise<Members> =>
      membersAt(fine(await gateway.ask(query, carrier, { ucr, atBlock })), 'shipment');
    const by = carrier.party;
    expect(at(await ask(blocks[0]), 'units.nodes')).to.deep.equal([
      { unit: pallet, goods: true, packages: 30, within: null, by },
    ]);
    const { units, alerts } = await ask();
    expect(at(units, 'nodes')).to.deep.equal([
      { unit: box, goods: true, packages: 15, within: ship, by },
      { unit: pallet, goods: true, packages: 30, within: box, by },
    ]);
    const packing = (at(alerts, 'nodes') as { kind: string }[]).filter(({ kind }) => /packed/.test(kind));
    expect(packing.map(({ kind }) => kind)).to.deep.equal(['over_packed', 'packed_while_sealed']);
    expect(packing[0]).to.deep.include({ subject: ucr, details: { packed: 45, packages: 40 } });
    expect(packing[1]).to.deep.include({ subject: uris.box, details: { seal: 'KR1' } });
  });
});
