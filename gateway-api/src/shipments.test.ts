import { expect } from 'chai';

import type { Answer } from './testing/answer.js';
import { codeOf, fine, openShipment, prepared, registerParty, send } from './testing/story.js';
import { TestGateway, UCR, carrier, importer } from './testing/test-gateway.js';

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
});
