import { expect } from 'chai';

import { prepared } from '../testing/story.js';
import { TestGateway, UCR, importer } from '../testing/test-gateway.js';

const RECORD = `mutation ($input: RecordStatementsInput!) {
  recordStatements(input: $input) { accepted { id } } }`;

describe('whoever is to come back later', () => {
  let gateway: TestGateway;
  afterEach(() => gateway.remove());

  /** Status, header and extensions of a request for statements to be recorded. */
  const sent = async (statements: readonly string[]) => {
    const variables = { input: { requestId: 'r', statements } };
    const body = JSON.stringify({ query: RECORD, variables });
    const headers = { 'content-type': 'application/json' };
    const response = await gateway.fetch({ method: 'POST', headers, body });
    const { errors } = (await response.json()) as { errors?: { extensions: Record<string, unknown> }[] };
    const { code, retryAfter } = errors?.[0]?.extensions ?? {};
    return { status: response.status, header: response.headers.get('retry-after'), code, retryAfter };
  };

  it('is told when: a device or party beyond its quota', async () => {
    const quotas = { party: 1_000, device: 2 };
    gateway = await (await TestGateway.open({ settings: { quotas } })).start();
    const device = await prepared(gateway);
    const { status } = await sent([device.statement(UCR), device.statement(UCR)]);
    expect(status).to.equal(200);
    const { retryAfter, header, ...refused } = await sent([device.statement(UCR)]);
    expect(refused).to.deep.equal({ status: 429, code: 'QUOTA_EXCEEDED' });
    expect(header).to.equal(String(retryAfter));
    expect(retryAfter).to.be.within(28, 30);
  });

  it('is told when: while the outbox is full', async () => {
    gateway = await (await TestGateway.open({ settings: { outboxLimit: 1 } })).start();
    const device = await prepared(gateway);
    gateway.ledger.faults = { broadcast: () => 'before' };
    const refused = await sent([device.statement(UCR), device.statement(UCR)]);
    expect(refused).to.deep.equal({ status: 503, header: '5', code: 'OVERLOADED', retryAfter: 5 });
  });

  it('is told when: a caller with too many requests at once; others are not held up', async () => {
    gateway = await (await TestGateway.open({ requestsPerCaller: 2 })).start();
    await prepared(gateway);
    const { services } = gateway.gateway;
    const held = Promise.withResolvers<undefined>();
    const record = services.access.record.bind(services.access);
    services.access.record = async (...args) => {
      await held.promise;
      return record(...args);
    };
    const query = `{ shipment(ucr: "${UCR}") { ucr } }`;
    const waiting = [gateway.ask(query), gateway.ask(query)];
    await new Promise((done) => setTimeout(done, 20));
    const refused = await gateway.ask('{ ledgerStatus { height } }');
    expect(refused.status).to.equal(429);
    expect(refused.errors?.[0]?.extensions).to.include({ code: 'TOO_MANY_REQUESTS', retryAfter: 1 });
    const other = await gateway.ask('{ ledgerStatus { height } }', { ...importer, subject: 'other' });
    expect(other.status).to.equal(200);
    held.resolve(undefined);
    for (const { status } of await Promise.all(waiting)) expect(status).to.equal(200);
    expect((await gateway.ask(query)).status).to.equal(200);
  });
});
