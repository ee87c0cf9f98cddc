import { expect } from 'chai';

import type { Caller } from '../auth/caller.js';
import { at } from '../testing/read.js';
import { act, fine, prepared } from '../testing/story.js';
import { TestGateway, UCR, importer } from '../testing/test-gateway.js';

const customsAdmin: Caller = { subject: 't', org: 'customs', admin: true };
const officer: Caller = {
  subject: 't',
  org: 'customs',
  party: 'OFFICER-7',
  role: 'customs_officer',
  admin: false,
};

describe('regimes over GraphQL', () => {
  let business: TestGateway;
  let customs: TestGateway;

  before(async () => {
    business = await (await TestGateway.open()).start();
    await prepared(business);
    customs = await (await TestGateway.open({ ledger: business.ledger, org: 'customs' })).start();
    const party = { partyId: 'OFFICER-7', name: 'An officer', roles: ['customs_officer'] };
    await act(customs, customsAdmin, 'registerParty', party);
  });
  after(async () => {
    await customs.remove();
    await business.remove();
  });

  it('show the procedure, the declaration that asked for it, and the decision on the timeline', async () => {
    const declaration = 'KRIMP01:T1';
    const unit = { uom: 'KGM', decimals: 3 };
    const line = { hs: '850760', hsEdition: '2022', origin: 'CN', unit, quantity: 1500, packages: 2 };
    const facts = { ucr: UCR, procedure: 'transit', office: 'KRPUS', lines: [line] };
    await act(business, importer, 'lodgeDeclaration', { declaration, ...facts });
    await act(customs, officer, 'acceptDeclaration', { declaration, version: 1 });
    const regime = 'regime { procedure declaration version placed { by response } }';
    const placed = await act(
      customs,
      officer,
      'placeUnderProcedure',
      { declaration, version: 1, legalBasis: 'art. 226' },
      `customs { status ${regime} }`,
    );
    const standing = {
      procedure: 'transit',
      declaration,
      version: 1,
      placed: { by: 'OFFICER-7', response: '8' },
    };
    expect(placed['customs']).to.deep.equal({ status: 'undecided', regime: standing });
    const query = `query ($ucr: UCR!) { trace(ucr: $ucr, first: 10) {
      edges { node { ... on CustomsDecision { decision } } }
    } }`;
    const answer = fine(await business.ask(query, importer, { ucr: UCR }));
    expect(JSON.stringify(at(answer, 'trace.edges'))).to.contain('placed_under_procedure');
  });
});
