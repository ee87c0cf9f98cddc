import { expect } from 'chai';

import { at } from '../testing/read.js';
import { act, fine, prepared } from '../testing/story.js';
import { TestGateway, UCR, importer } from '../testing/test-gateway.js';

describe('declarations over GraphQL', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await (await TestGateway.open()).start();
    await prepared(gateway);
  });
  after(() => gateway.remove());

  const declare = async (name: string, input: object): Promise<unknown> => {
    const fields = 'declaration { id declarant status version amended { reason } acceptance { version } }';
    const { declaration } = await act(gateway, importer, name, input, fields);
    return declaration;
  };

  it('lodges, amends and withdraws, and says how the declaration stands', async () => {
    const unit = { uom: 'KGM', decimals: 3 };
    const line = { hs: '850760', hsEdition: '2022', origin: 'CN', unit, quantity: 1500, packages: 2 };
    const about = { declaration: 'KRIMP01:D1' };
    const facts = { procedure: 'import', office: 'KRPUS', lines: [line] };
    const lodged = await declare('lodgeDeclaration', { ucr: UCR, ...about, ...facts });
    const base = { id: 'KRIMP01:D1', declarant: 'KRIMP01', acceptance: null };
    expect(lodged).to.deep.equal({ ...base, status: 'lodged', version: 1, amended: null });
    const amended = await declare('amendDeclaration', {
      ...about,
      ...facts,
      reason: 'x',
    });
    expect(amended).to.deep.equal({ ...base, status: 'amended', version: 2, amended: { reason: 'x' } });
    await declare('withdrawDeclaration', { ...about, reason: 'sold on' });
    const query = `{ shipment(ucr: "${UCR}") { declarations { nodes { status lines { quantity unit { uom } } withdrawn { reason } } } } }`;
    expect(at(fine(await gateway.ask(query)), 'shipment.declarations.nodes')).to.deep.equal([
      {
        status: 'withdrawn',
        lines: [{ quantity: 1500, unit: { uom: 'KGM' } }],
        withdrawn: { reason: 'sold on' },
      },
    ]);
  });
});
