import { expect } from 'chai';

import { cursorOf } from '../index/cursor.js';
import { openOperationalDatabase } from '../submission/outbox-database.js';
import { fakeIdentity } from '../testing/fake-ledger.js';
import { follow } from '../testing/follow.js';
import type { Following } from '../testing/follow.js';
import { at, textAt } from '../testing/read.js';
import type { Members } from '../testing/read.js';
import { act, openShipment, prepared, record } from '../testing/story.js';
import { TestDevice } from '../testing/test-device.js';
import { TestGateway, UCR, carrier, importer } from '../testing/test-gateway.js';

const OTHER = '6KRKRIMP01-0002';
const beginning = cursorOf({ block: 0, position: 0, item: 0 });
const stranger = { subject: 's', org: 'nowhere', admin: false };

describe('the feed', function () {
  this.timeout(20_000);
  let gateway: TestGateway;
  let device: TestDevice;
  const open: Following[] = [];
  beforeEach(async () => {
    gateway = await (await TestGateway.open()).start();
    device = await prepared(gateway);
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.leave()));
    await gateway.remove();
  });
  const begun = async (
    ...[caller, options]: [Parameters<typeof follow>[1], Parameters<typeof follow>[2]?]
  ) => {
    const following = await follow(gateway, caller, options);
    open.push(following);
    expect(await following.item()).to.include({ __typename: 'FeedBegins' });
    return following;
  };
  /** Statements that go to the ledger at once, in a block of their own. */
  const straight = async (statements: readonly string[]): Promise<void> => {
    const { ledger } = gateway;
    const identity = fakeIdentity({
      mspId: 'BusinessMSP',
      admin: false,
      partyId: 'CARRIER',
      role: 'carrier',
    });
    await ledger.broadcast(
      await ledger.endorse('RecordStatements', JSON.stringify({ statements }), identity),
    );
  };
  const offer = (ucr = UCR) =>
    act(gateway, carrier, 'offerHandover', { ucr, to: importer.party, place: 'KRPUS' });

  it('tells statements and acts as they are indexed, each with its verification and a cursor', async () => {
    const following = await begun(importer);
    const [id] = await record(gateway, [device.statement(UCR)], carrier);
    const seen = await following.item();
    expect(seen).to.deep.include({ __typename: 'StatementRecorded', statementId: id, ucrs: [UCR] });
    expect(seen['events']).to.deep.equal([{ id, __typename: 'Observation' }]);
    expect(at(seen, 'verification.checks')).to.include('device signature of the statement');
    await offer();
    const told = await following.item();
    expect(told).to.deep.include({ __typename: 'ActRecorded', command: 'OfferHandover', ucrs: [UCR] });
    expect(at(told, 'act.party')).to.equal('CARRIER');
    expect(at(told, 'verification.block')).to.equal(gateway.ledger.chain.length - 1);
    expect(at(told, 'events.0.__typename')).to.equal('HandoverStep');
  });

  it('goes on from any cursor without a gap and without telling twice, from old blocks into live ones', async () => {
    const all = await begun(importer, { after: beginning });
    for (let i = 0; i < 36; i++) await straight([device.statement(UCR)]);
    await offer();
    const whole: Members[] = [];
    while (whole.at(-1)?.['command'] !== 'OfferHandover') whole.push(await all.item());
    expect(whole.length).to.be.greaterThan(40);
    expect(new Set(whole.map(({ cursor }) => cursor)).size).to.equal(whole.length);
    for (const from of [0, 20, whole.length - 1]) {
      const again = await begun(importer, { after: textAt(whole[from], 'cursor') });
      for (const { cursor } of whole.slice(from + 1)) expect(await again.item()).to.include({ cursor });
    }
    await straight([device.statement(UCR)]);
    for (const following of open) expect(await following.item()).to.include({ statementId: device.last });
  });

  it('is filtered by what an item is about', async () => {
    await openShipment(gateway, { ucr: OTHER });
    const filters = {
      shipments: [OTHER],
      units: ['container:CSQU3054383'],
      devices: [device.kid],
      parties: [importer.party],
      ports: ['KRPUS'],
      countries: ['DE', 'FR'],
      commands: ['OfferHandover'],
      what: ['act'],
    };
    const followed = await Promise.all(
      Object.entries(filters).map(async ([name, list]) => begun(importer, { filter: { [name]: list } })),
    );
    const both = await begun(importer, { filter: { shipments: [OTHER], ports: ['DEHAM'] } });
    const seen = (ucr: string, code: string, epc: string): string =>
      device.statement(ucr, { readPoint: { id: `https://example.com/${code}` }, epcList: [epc] });
    await straight([seen(UCR, 'KRPUS', 'https://example.com/1')]);
    await straight([seen(UCR, 'DEHAM', 'urn:epc:id:bic:CSQU3054383')]);
    await straight([seen(OTHER, 'DEHAM', 'https://example.com/1')]);
    await offer(OTHER);
    await offer();
    const newest = await gateway.ledger.newest();
    const told = async (following: Following, count: number): Promise<readonly number[]> => {
      const blocks: number[] = [];
      for (let i = 0; i < count; i++)
        blocks.push(newest - Number(at(await following.item(), 'verification.block')));
      return blocks;
    };
    const expected = [[2, 1], [3], [4, 3, 2], [1, 0], [4, 1, 0], [3, 2], [1, 0], [1, 0]];
    for (const [i, blocks] of expected.entries()) {
      const following = followed[i];
      expect(following && (await told(following, blocks.length)), Object.keys(filters)[i]).to.deep.equal(
        blocks,
      );
    }
    expect(await told(both, 1)).to.deep.equal([2]);
  });

  it('refuses a filter that asks for nothing or for too much, and a cursor that is none', async () => {
    const refusal = async (options: object): Promise<unknown> => {
      const message = await (await follow(gateway, importer, options)).next();
      return message?.errors?.[0]?.extensions['code'];
    };
    expect(await refusal({ filter: { shipments: [] } })).to.equal('BAD_ARGUMENT');
    expect(await refusal({ filter: { shipments: Array(101).fill(UCR) } })).to.equal('BAD_ARGUMENT');
    expect(await refusal({ after: 'nonsense' })).to.equal('CURSOR_INVALID');
    expect(await refusal({ filter: { ports: ['nowhere'] } })).to.equal('QUERY_INVALID');
  });

  it('shows nobody more than a query would', async () => {
    const nobody = await begun(stranger, { after: beginning });
    await record(gateway, [device.statement(UCR)], carrier);
    await offer();
    await act(gateway, { subject: 't', org: 'business', admin: true }, 'registerParty', {
      partyId: 'LAST',
      name: 'Last',
      roles: ['carrier'],
    });
    const told: unknown[] = [];
    for (let item = await nobody.item(); ; item = await nobody.item()) {
      told.push(item);
      if ((item['parties'] as string[]).includes('LAST')) break;
    }
    const commands = told.map((item) => (item as { command?: string }).command);
    expect(new Set(commands)).to.deep.equal(new Set(['Init', 'RegisterParty', 'RegisterDevice']));
    expect(JSON.stringify(told)).not.to.contain(UCR);
  });

  it('records who follows, before and after', async () => {
    const following = await begun({ ...carrier, token: 'jti-1' });
    await record(gateway, [device.statement(UCR)], carrier);
    await following.item();
    await following.leave();
    open.length = 0;
    await gateway.stop();
    const database = await openOperationalDatabase(`${gateway.folder}/operational.sqlite`);
    const rows = await database.selectFrom('access').selectAll().where('query', '=', 'feed').execute();
    await database.destroy();
    expect(rows.map(({ token, found }) => [token, found])).to.deep.equal([
      ['jti-1', 0],
      ['jti-1', 1],
    ]);
    expect(JSON.parse(rows[1]?.arguments ?? '')).to.include({ told: 1 });
  });
});
