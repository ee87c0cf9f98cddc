import { expect } from 'chai';
import { serverAudits } from 'graphql-http';

import { TestGateway, importer } from './testing/test-gateway.js';

/** The audits of the GraphQL-over-HTTP specification, each as a test of its own. */
describe('the HTTP side of GraphQL', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await (await TestGateway.open()).start();
  });
  after(() => gateway.remove());

  const fetchFn = (url: string, request?: RequestInit): Promise<Response> =>
    gateway.fetch(request, importer, new URL(url).search);
  for (const audit of serverAudits({ url: 'http://yoga/graphql', fetchFn })) {
    it(`${audit.name} (${audit.id})`, async () => {
      const result = await audit.fn();
      expect(result.status, 'reason' in result ? result.reason : '').to.equal('ok');
    });
  }

  it('opens the gateway to no page of another origin', async () => {
    const headers = { origin: 'https://elsewhere.example', 'content-type': 'application/json' };
    const body = JSON.stringify({ query: '{ __typename }' });
    const asked = await gateway.fetch({ method: 'POST', headers, body }, importer);
    const before = await gateway.fetch({ method: 'OPTIONS', headers }, importer);
    for (const { headers: answered } of [asked, before])
      expect([...answered.keys()].filter((name) => name.startsWith('access-control'))).to.deep.equal([]);
    expect(asked.status).to.equal(200);
  });
});
