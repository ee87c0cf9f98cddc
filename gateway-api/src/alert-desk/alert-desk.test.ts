import { setTimeout as sleep } from 'node:timers/promises';

import { expect } from 'chai';

import type { Caller } from '../auth/caller.js';
import { askers, exampleStory } from '../testing/example-story.js';
import { followAlerts } from '../testing/follow.js';
import { mutation } from '../testing/mutation.js';
import { at, listAt, membersAt, textAt } from '../testing/read.js';
import type { Members } from '../testing/read.js';
import { codeOf, fine } from '../testing/story.js';
import { dropIndex } from '../testing/test-index.js';
import { TestGateway } from '../testing/test-gateway.js';

const { officer, colleague, importer, auditor } = askers;
const stranger: Caller = { subject: 's', org: 'business', party: 'SELLER1', role: 'exporter', admin: false };
const fields = `alert { id life { state version assignedTo outcome steps { step by note } } } duplicate`;

describe('alerts and their life', function () {
  this.timeout(30_000);
  let gateway: TestGateway;
  let beginning: string;
  let requests = 0;

  const list = async (args = '', caller: Caller = officer): Promise<readonly Members[]> => {
    const query = `{ alerts${args === '' ? '(first: 100)' : `(first: 100, ${args})`} {
      nodes { id kind subject shipments follows life { state version assignedTo outcome } } totalCount } }`;
    const data = fine(await gateway.ask(query, caller));
    const nodes = listAt(data, 'alerts.nodes') as readonly Members[];
    expect(at(data, 'alerts.totalCount')).to.equal(nodes.length);
    return nodes;
  };
  /** Waits until every consignment was looked at. */
  const looked = async (): Promise<void> => {
    const newest = await gateway.ledger.newest();
    const book = () => gateway.gateway.alertWatch.lookedAt();
    while ((await book()) < newest) await sleep(5);
  };
  const take = (name: string, input: object, caller: Caller = officer) => {
    requests += 1;
    const variables = { input: { requestId: `r${String(requests)}`, ...input } };
    return gateway.ask(mutation(name, fields), caller, variables);
  };
  const lifeOf = async (id: unknown, caller: Caller = officer): Promise<Members> => {
    const query =
      'query ($id: ID!) { alert(id: $id) { life { state version assignedTo outcome steps { step by } } } }';
    return membersAt(fine(await gateway.ask(query, caller, { id })), 'alert.life');
  };

  before(async () => {
    gateway = await exampleStory();
    const following = await followAlerts(gateway, officer);
    beginning = textAt(await following.item(), 'cursor');
    await following.leave();
    gateway.gateway.alertWatch.start();
    await looked();
  });
  after(() => gateway.remove());

  it('are noticed of every consignment, under the ids that the consignment itself shows', async () => {
    const noticed = await list();
    expect(noticed.length).to.be.greaterThan(3);
    const ucrs = [...new Set(noticed.flatMap((each) => listAt(each, 'shipments')))].map(String);
    const shown = await Promise.all(
      ucrs.map(async (ucr) => {
        const query = `{ shipment(ucr: "${ucr}") { alerts(first: 100) { nodes { id raisedAt life { state } } } } }`;
        return listAt(fine(await gateway.ask(query, officer)), 'shipment.alerts.nodes') as readonly Members[];
      }),
    );
    const ids = new Set(shown.flat().map((alert) => alert['id']));
    expect([...ids].sort()).to.deep.equal(noticed.map((alert) => alert['id']).sort());
    for (const alert of shown.flat()) {
      expect(alert['raisedAt']).to.be.a('string');
      expect(at(alert, 'life.state')).to.equal('raised');
    }
  });

  it('are found by kind, consignment, unit, device, party, country, state and assignee', async () => {
    const all = await list();
    const opened = all.filter((alert) => alert['kind'] === 'seal_opened');
    expect(opened).to.have.length(2);
    expect(await list('filter: { kinds: [seal_opened] }')).to.deep.equal(opened);
    expect(await list('filter: { kinds: [seal_opened], shipments: ["6KRIMPORTER1-SEAL"] }')).to.have.length(
      2,
    );
    expect(await list('filter: { kinds: [seal_opened], shipments: ["6KRIMPORTER1-HELD"] }')).to.have.length(
      0,
    );
    expect(
      await list('filter: { kinds: [seal_opened], parties: ["CARRIER1"], countries: ["CN"] }'),
    ).to.have.length(2);
    expect(await list('filter: { countries: ["NO"] }')).to.have.length(0);
    expect(await list('filter: { ports: ["NOOSL"] }')).to.have.length(0);
    const [gap] = all.filter((alert) => alert['kind'] === 'equivocation');
    expect(
      await list(`filter: { kinds: [equivocation], devices: ["${String(gap?.['subject'])}"] }`),
    ).to.deep.equal([gap]);
    expect(await list('states: [acknowledged, closed]')).to.have.length(0);
    expect(await list('assignedTo: "OFFICER2"')).to.have.length(0);
    expect(await list('follows: false')).to.have.length(0);
    const { errors } = await gateway.ask('{ alerts(filter: { kinds: [] }) { totalCount } }', officer);
    expect(errors?.[0]?.extensions['code']).to.equal('BAD_ARGUMENT');
  });

  it('come a page at a time, forwards and backwards', async () => {
    const all = (await list()).map((alert) => alert['id']);
    const page = async (args: string) => {
      const query = `{ alerts(${args}) { nodes { id } pageInfo { endCursor startCursor hasNextPage hasPreviousPage } } }`;
      return membersAt(fine(await gateway.ask(query, officer)), 'alerts');
    };
    const first = await page('first: 2');
    expect(at(first, 'pageInfo.hasNextPage')).to.equal(true);
    const second = await page(`first: 2, after: "${textAt(first, 'pageInfo.endCursor')}"`);
    const back = await page(`last: 2, before: "${textAt(second, 'pageInfo.startCursor')}"`);
    const ids = (each: Members) => listAt(each, 'nodes').map((node) => at(node, 'id'));
    expect([...ids(first), ...ids(second)]).to.deep.equal(all.slice(0, 4));
    expect(back).to.deep.equal({
      ...first,
      pageInfo: { ...membersAt(first, 'pageInfo'), hasNextPage: true, hasPreviousPage: false },
    });
  });

  it('are assigned, acknowledged and closed with an outcome, by whose they are', async () => {
    const [alert] = await list('filter: { kinds: [seal_opened] }');
    const id = alert?.['id'];
    const assign = { alert: id, version: 0, to: 'OFFICER2', note: 'yours' };
    expect(codeOf(await take('assignAlert', { ...assign, to: 'CARRIER1' }))).to.equal('ASSIGNEE_UNKNOWN');
    expect(codeOf(await take('closeAlert', { alert: id, version: 0, outcome: 'resolved' }))).to.equal(
      'ALERT_STEP',
    );
    expect(codeOf(await take('assignAlert', { ...assign, alert: 'x' }))).to.equal('ALERT_UNKNOWN');
    expect(codeOf(await take('assignAlert', assign, importer))).to.equal('FORBIDDEN');
    const once = fine(await take('assignAlert', { ...assign, requestId: 'once' }));
    expect(at(once, 'assignAlert.duplicate')).to.equal(false);
    const twice = fine(await take('assignAlert', { ...assign, requestId: 'once' }));
    expect(at(twice, 'assignAlert.duplicate')).to.equal(true);
    const other = { ...assign, requestId: 'once', to: 'OFFICER1' };
    expect(codeOf(await take('assignAlert', other))).to.equal('IDEMPOTENCY_CONFLICT');
    const acknowledge = { alert: id, version: 1 };
    expect(codeOf(await take('acknowledgeAlert', acknowledge))).to.equal('ALERT_NOT_YOURS');
    expect(codeOf(await take('acknowledgeAlert', { alert: id, version: 0 }, colleague))).to.equal(
      'ALERT_CHANGED',
    );
    fine(await take('acknowledgeAlert', acknowledge, colleague));
    const closed = await take('closeAlert', { alert: id, version: 2, outcome: 'false_alarm' }, colleague);
    expect(at(fine(closed), 'closeAlert.alert.life')).to.deep.equal({
      state: 'closed',
      version: 3,
      assignedTo: 'OFFICER2',
      outcome: 'false_alarm',
      steps: [
        { step: 'assigned', by: 'OFFICER1', note: 'yours' },
        { step: 'acknowledged', by: 'OFFICER2', note: null },
        { step: 'closed', by: 'OFFICER2', note: null },
      ],
    });
    expect(codeOf(await take('assignAlert', { ...assign, version: 3 }))).to.equal('ALERT_STEP');
    expect(await list('states: [closed], assignedTo: "OFFICER2"')).to.have.length(1);
  });

  it('take one of two steps that come at once, and refuse the other', async () => {
    const [alert] = await list('states: [raised]');
    const step = { alert: alert?.['id'], version: 0 };
    const answers = await Promise.all([
      take('acknowledgeAlert', step, officer),
      take('acknowledgeAlert', step, colleague),
    ]);
    expect(answers.map(codeOf).sort()).to.deep.equal(['ALERT_CHANGED', undefined]);
    expect(listAt(await lifeOf(step.alert), 'steps')).to.have.length(1);
  });

  it("stand at each desk by itself: nobody sees another's steps", async () => {
    const [closed] = await list('states: [closed]');
    const id = closed?.['id'];
    const untouched = { state: 'raised', version: 0, assignedTo: null, outcome: null, steps: [] };
    expect(await lifeOf(id, importer)).to.deep.equal(untouched);
    expect(await lifeOf(id, auditor)).to.deep.equal(untouched);
    const unseen = await gateway.ask(`{ alert(id: "${String(id)}") { id } }`, {
      ...stranger,
      party: 'NOBODY',
    });
    expect(fine(unseen)).to.deep.equal({ alert: null });
    expect(await list('', { ...stranger, party: 'NOBODY' })).to.deep.equal([]);
  });

  it('are told as they are raised and moved, to whom they are for, from any cursor on', async () => {
    const filter = { kinds: ['seal_opened'] };
    const read = async (caller: Caller, after: string, count: number): Promise<readonly Members[]> => {
      const following = await followAlerts(gateway, caller, { filter, after });
      expect(await following.item()).to.include({ step: null, alert: null });
      const items: Members[] = [];
      while (items.length < count) items.push(await following.item());
      await following.leave();
      return items;
    };
    const steps = (items: readonly Members[]) =>
      items.map((item) => [at(item, 'step.step'), at(item, 'step.by')]);
    const all = await read(officer, beginning, 5);
    expect(steps(all)).to.deep.equal([
      ['raised', null],
      ['raised', null],
      ['assigned', 'OFFICER1'],
      ['acknowledged', 'OFFICER2'],
      ['closed', 'OFFICER2'],
    ]);
    expect(await read(officer, textAt(all[2], 'cursor'), 2)).to.deep.equal(all.slice(3));
    expect(steps(await read(importer, beginning, 2))).to.deep.equal(steps(all.slice(0, 2)));
    const cursor = Buffer.from('5.0.0').toString('base64url');
    const following = await followAlerts(gateway, officer, { after: cursor });
    expect((await following.next())?.errors?.[0]?.extensions['code']).to.equal('CURSOR_INVALID');
  });

  it('are the same, and as far in their life, once the index was dropped and built anew', async () => {
    const [before, told] = [await list(), await lifeOf((await list('states: [closed]'))[0]?.['id'])];
    await gateway.stop();
    await dropIndex(gateway.folder);
    const { folder, ledger } = gateway;
    gateway = await (await TestGateway.open({ folder, ledger, init: false, org: 'customs' })).start();
    gateway.gateway.alertWatch.start();
    const last = { requestId: 'more', partyId: 'MORE1', name: 'More', roles: ['importer'] };
    fine(
      await gateway.ask(
        mutation('registerParty', 'receipt { block }'),
        { ...officer, admin: true },
        {
          input: { ...last, roles: ['customs_officer'] },
        },
      ),
    );
    await looked();
    expect(await list()).to.deep.equal(before);
    expect(await lifeOf((await list('states: [closed]'))[0]?.['id'])).to.deep.equal(told);
  });
});
