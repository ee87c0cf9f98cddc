import { expect } from 'chai';

import type { Caller } from '../auth/caller.js';
import { openOperationalDatabase } from '../submission/outbox-database.js';
import type { AccessTable } from '../submission/outbox-database.js';
import { at, listAt } from '../testing/read.js';
import { fine, prepared } from '../testing/story.js';
import { TestGateway, UCR, admin, auditor, carrier, importer } from '../testing/test-gateway.js';

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

  it('are written before the answer leaves, also where that takes its time', async () => {
    await prepared(gateway);
    const { promise: written, resolve } = Promise.withResolvers<undefined>();
    gateway.gateway.services.access.record = () => written;
    let answered = false;
    const asked = gateway.ask(`{ shipment(ucr: "${UCR}") { ucr } }`, importer).then((answer) => {
      answered = true;
      return answer;
    });
    await new Promise((done) => setTimeout(done, 50));
    expect(answered).to.equal(false);
    resolve(undefined);
    expect((await asked).data).to.deep.equal({ shipment: { ucr: UCR } });
  });

  it('are a condition of the answer', async () => {
    await prepared(gateway);
    gateway.gateway.services.access.record = () => Promise.reject(new Error('no room'));
    const { data, errors } = await gateway.ask(`{ shipment(ucr: "${UCR}") { ucr } }`, importer);
    expect(data ?? null).to.equal(null);
    expect(errors?.[0]?.extensions['code']).to.equal('INTERNAL');
  });

  it('are shown whole to an auditor and to the own administrator, to a party its own, and the look itself is recorded', async () => {
    await prepared(gateway);
    await gateway.ask(`{ shipment(ucr: "${UCR}") { ucr } }`, carrier);
    await gateway.ask('{ holdsInForce { nodes { ucr } } }', importer);
    const query = (args = '') =>
      `{ accessRecords${args} { nodes { party query arguments found } totalCount } }`;
    const read = async (caller: Caller, args?: string): Promise<readonly unknown[]> =>
      listAt(fine(await gateway.ask(query(args), caller)), 'accessRecords.nodes').map((each) => [
        at(each, 'party'),
        at(each, 'query'),
      ]);
    const looks = ['CARRIER', 'shipment'];
    const asks = ['KRIMP01', 'holdsInForce'];
    const look = (party: string | null) => [party, 'accessRecords'];
    expect(await read(carrier)).to.deep.equal([looks]);
    expect(await read(importer)).to.deep.equal([asks]);
    expect(await read(auditor)).to.deep.equal([look('KRIMP01'), look('CARRIER'), asks, looks]);
    expect(await read(admin, `(naming: "${UCR}")`)).to.deep.equal([looks]);
    expect(await read(admin, '(party: "KRIMP01", query: "holdsInForce")')).to.deep.equal([asks]);
    expect(await read(admin, '(naming: "6%")')).to.deep.equal([]);
    expect(await read(admin, '(until: "2020-01-01T00:00:00Z")')).to.deep.equal([]);
    const elsewhere = { subject: 't', org: 'port', admin: true };
    expect(await read(elsewhere)).to.deep.equal([]);
  });

  it('are removed once they were kept for as long as they are to be', async () => {
    await prepared(gateway);
    await gateway.ask(`{ shipment(ucr: "${UCR}") { ucr } }`, carrier);
    await gateway.stop();
    const database = await openOperationalDatabase(`${gateway.folder}/operational.sqlite`);
    const [old, kept] = [25, 23].map((hours) => new Date(Date.now() - hours * 3_600_000).toISOString());
    const row = { subject: 's', token: null, org: 'o', party: null, role: null, query: 'q', found: 0 };
    const more = [old, kept].map((at = '') => ({ ...row, at, arguments: at, as_of_block: 0 }));
    await database.insertInto('access').values(more).execute();
    await database.destroy();
    const { folder, ledger } = gateway;
    gateway = await (await TestGateway.open({ folder, ledger })).start();
    await gateway.gateway.retention.stop();
    const left = (await records()).map(({ arguments: text }) => text);
    expect(left).to.deep.equal([JSON.stringify({ ucr: UCR }), kept]);
  });
});
