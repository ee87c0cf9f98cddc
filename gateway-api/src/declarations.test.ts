/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access -- a test reads the members it has just asked for */
import { expect } from 'chai';

import type { Caller } from './auth/caller.js';
import { fine, prepared } from './testing/story.js';
import { TestGateway, UCR, importer } from './testing/test-gateway.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test reads what it has just asked for
type Data = any;

describe('declarations over GraphQL', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await (await TestGateway.open()).start();
    await prepared(gateway);
  });
  after(() => gateway.remove());

  const act = async (caller: Caller, name: string, input: object): Promise<Data> => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const fields = 'declaration { id declarant status version amended { reason } acceptance { version } }';
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} } }`;
    return fine(await gateway.ask(query, caller, { input }))[name].declaration;
  };

  it('lodges, amends and withdraws, and says how the declaration stands', async () => {
    const unit = { uom: 'KGM', decimals: 3 };
    const line = { hs: '850760', hsEdition: '2022', origin: 'CN', unit, quantity: 1500, packages: 2 };
    const about = { declaration: 'KRIMP01:D1' };
    const facts = { procedure: 'import', office: 'KRPUS', lines: [line] };
    const lodged = await act(importer, 'lodgeDeclaration', { requestId: 'l1', ucr: UCR, ...about, ...facts });
    const base = { id: 'KRIMP01:D1', declarant: 'KRIMP01', acceptance: null };
    expect(lodged).to.deep.equal({ ...base, status: 'lodged', version: 1, amended: null });
    const amended = await act(importer, 'amendDeclaration', {
      requestId: 'l2',
      ...about,
      ...facts,
      reason: 'x',
    });
    expect(amended).to.deep.equal({ ...base, status: 'amended', version: 2, amended: { reason: 'x' } });
    await act(importer, 'withdrawDeclaration', { requestId: 'l3', ...about, reason: 'sold on' });
    const query = `{ shipment(ucr: "${UCR}") { declarations { status lines { quantity unit { uom } } withdrawn { reason } } } }`;
    expect(fine(await gateway.ask(query)).shipment.declarations).to.deep.equal([
      {
        status: 'withdrawn',
        lines: [{ quantity: 1500, unit: { uom: 'KGM' } }],
        withdrawn: { reason: 'sold on' },
      },
    ]);
  });
});
