import { expect } from 'chai';

import type { Answer } from '../testing/answer.js';
import { codeOf, fine, openShipment, prepared, registerParty, send } from '../testing/story.js';
import { TestGateway, UCR, carrier, importer } from '../testing/test-gateway.js';

describe('shipments over GraphQL', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await (await TestGateway.open()).start();
    await prepared(gateway);
    await registerParty(gateway, 'CARRIER2', 'carrier');
  });
  after(() => gateway.remove());

  it('have goods of which as much is known as was said', async () => {
    const line = {
      hs: '080610',
      hsEdition: '2022',
      quantity: 12_500,
      unit: { uom: 'KGM', decimals: 3 },
      packages: { count: 40, type: 'CT' },
      marks: 'ACME / 1-40',
      grossMass: { value: 14, unit: 'KGM' },
    };
    const ucr = '6KRKRIMP01-GOODS';
    const goods = [{ hs: '080620', hsEdition: '2017' }, line];
    fine(await openShipment(gateway, { ucr, goods }));
    const query = `query ($ucr: UCR!) { shipment(ucr: $ucr) { goods {
      hs hsEdition quantity unit { uom decimals } packages { count type } marks grossMass { value unit }
    } } }`;
    const found = fine(await gateway.ask(query, importer, { ucr }));
    const nothing = { quantity: null, unit: null, packages: null, marks: null, grossMass: null };
    expect(found).to.deep.equal({ shipment: { goods: [{ ...goods[0], ...nothing }, line] } });
  });

  it('are handed over at a GLN or at coordinates, too', async () => {
    const offer = (place: string): Promise<Answer> =>
      send(gateway, carrier, 'offerHandover', { ucr: UCR, to: 'CARRIER2', place }, 'handover { place }');
    const place = 'geo:35.1028,129.0403';
    expect(fine(await offer(place))).to.deep.equal({ offerHandover: { handover: { place } } });
    expect(codeOf(await offer('gln:4012345000116'))).to.equal('BAD_ARGUMENT');
  });

  it('are split into parts and merged again, with quantities that add up', async () => {
    const line = { hs: '080610', hsEdition: '2022', quantity: 10, unit: { uom: 'KGM', decimals: 0 } };
    const [ucr, one, other, again] = ['SPLIT', 'PART1', 'PART2', 'AGAIN'].map((name) => `6KRKRIMP01-${name}`);
    fine(await openShipment(gateway, { ucr: ucr ?? '', goods: [line] }));
    const split = `mutation ($input: SplitShipmentInput!) { splitShipment(input: $input) {
      shipment { ended { kind into by } } parts { ucr parents goods { quantity } custody { custodian } }
    } }`;
    const into = [one, other].map((part, index) => ({
      ucr: part,
      lines: [{ line: 0, quantity: index === 0 ? 7 : 3 }],
    }));
    const input = { requestId: 'split', ucr, into };
    const part = (quantity: number, name?: string): object => ({
      ucr: name,
      parents: [ucr],
      goods: [{ quantity }],
      custody: { custodian: carrier.party },
    });
    expect(fine(await gateway.ask(split, importer, { input }))).to.deep.equal({
      splitShipment: {
        shipment: { ended: { kind: 'split', into: [one, other], by: importer.party } },
        parts: [part(7, one), part(3, other)],
      },
    });
    const merge = `mutation ($input: MergeShipmentsInput!) { mergeShipments(input: $input) {
      shipment { parents ended { kind } goods { quantity } }
    } }`;
    const merged = { requestId: 'merge', ucr: again, from: [one, other] };
    expect(fine(await gateway.ask(merge, importer, { input: merged }))).to.deep.equal({
      mergeShipments: { shipment: { parents: [one, other], ended: null, goods: [{ quantity: 10 }] } },
    });
    const query = `query ($ucr: UCR!) { trace(ucr: $ucr, first: 10) { totalCount } }`;
    expect(fine(await gateway.ask(query, importer, { ucr }))).to.deep.equal({ trace: { totalCount: 1 } });
  });

  it('travel under a master consignment until they are taken out', async () => {
    const ucr = '6KRKRIMP01-HOUSE';
    fine(await openShipment(gateway, { ucr }));
    const id = `${carrier.party ?? ''}:MBL-1`;
    const master = 'master { id opener document houses { nodes { ucr status by } } }';
    const ask = async (name: string, input: object): Promise<unknown> => {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const mutation = `mutation ($input: ${type}!) { ${name}(input: $input) { ${master} } }`;
      const answer = await gateway.ask(mutation, carrier, {
        input: { requestId: name, master: id, ...input },
      });
      return (fine(answer) as Record<string, { master: unknown }>)[name]?.master;
    };
    const by = carrier.party;
    const facts = { document: '704', carrier: carrier.party, from: 'CNSHA', to: 'KRPUS' };
    const opened = { id, opener: by, document: '704' };
    expect(await ask('openMaster', facts)).to.deep.equal({ ...opened, houses: { nodes: [] } });
    expect(await ask('consolidateHouses', { houses: [ucr] })).to.deep.equal({
      ...opened,
      houses: { nodes: [{ ucr, status: 'consolidated', by }] },
    });
    expect(await ask('deconsolidateHouses', { houses: [ucr] })).to.deep.equal({
      ...opened,
      houses: { nodes: [{ ucr, status: 'deconsolidated', by }] },
    });
    const query = `query ($ucr: UCR!, $id: OwnedId!) {
      shipment(ucr: $ucr) { consolidations { nodes { master status } } } master(id: $id) { from to conveyance }
    }`;
    expect(fine(await gateway.ask(query, importer, { ucr, id }))).to.deep.equal({
      shipment: { consolidations: { nodes: [{ master: id, status: 'deconsolidated' }] } },
      master: { from: 'CNSHA', to: 'KRPUS', conveyance: null },
    });
  });
});
