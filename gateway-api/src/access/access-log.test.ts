import { expect } from 'chai';

import { openOperationalDatabase } from '../submission/outbox-database.js';
import type { AccessTable } from '../submission/outbox-database.js';
import { prepared } from '../testing/story.js';
import { TestGateway, UCR, carrier, importer } from '../testing/test-gateway.js';

describe('access records', () => {
  let gateway: TestGateway;
  beforeEach(async () => {
    gateway = await (await TestGateway.open()).start();
  });
  afterEach(() => gateway.remove());

  /** What the operational database has once the gateway has let go of it. */
  const records = async (): Promise<readonly AccessTable[]> => {
    await gateway.stop();
    const database = await openOperationalDatabase(`${gateway.folder}/operational.sqlite`);
    const rows = await database.selectFrom('access').selectAll().orderBy('id').execute();
    await database.destroy();
    return rows as unknown as AccessTable[];
  };

  it('say who asked for what, by which token, and whether anything was shown', async () => {
    await prepared(gateway);
    const before = new Date().toISOString();
    await gateway.ask(`{ trace(ucr: "${UCR}", first: 5) { totalCount } }`, { ...carrier, token: 'id-1' });
    const stranger = { subject: 'someone', org: 'business', admin: false };
    await gateway.ask(`{ a: shipment(ucr: "${UCR}") { ucr } holdsInForce { nodes { ucr } } }`, stranger);
    const [traced, ...others] = await records();
    expect(traced).to.include({
      subject: 't',
      token: 'id-1',
      org: 'business',
      party: 'CARRIER',
      role: 'carrier',
      query: 'trace',
      arguments: JSON.stringify({ ucr: UCR, first: 5 }),
      found: 1,
      as_of_block: gateway.ledger.chain.length - 1,
    });
    expect((traced?.at ?? '') >= before).to.equal(true);
    expect(
      others.map(({ subject, token, party, query, found }) => [subject, token, party, query, found]),
    ).to.deep.equal([
      ['someone', null, null, 'shipment', 0],
      ['someone', null, null, 'holdsInForce', 0],
    ]);
  });

  it('are not left by what everyone may read', async () => {
    await gateway.ask(
      '{ ledgerStatus { height } parameters { version } parameterHistory { nodes { version } } }',
    );
    expect(await records()).to.deep.equal([]);
  });

  it('are a condition of the answer', async () => {
    await prepared(gateway);
    gateway.gateway.services.access.record = () => Promise.reject(new Error('no room'));
    const { data, errors } = await gateway.ask(`{ shipment(ucr: "${UCR}") { ucr } }`, importer);
    expect(data).to.deep.equal({ shipment: null });
    expect(errors?.[0]?.extensions['code']).to.equal('INTERNAL');
  });
});
