import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { expect } from 'chai';

import type { Caller } from '../auth/caller.js';
import { askers, exampleStory } from '../testing/example-story.js';
import { followAlerts } from '../testing/follow.js';
import { at, listAt, membersAt, textAt } from '../testing/read.js';
import { act, codeOf, fine } from '../testing/story.js';
import { TestGateway } from '../testing/test-gateway.js';
import { WebhookReceiver, isGenuine, silence } from '../testing/webhook-receiver.js';
import type { Received } from '../testing/webhook-receiver.js';

const { officer, colleague } = askers;
const fields = 'id subscription filter state cursor delivered';

describe('webhooks of alerts', function () {
  this.timeout(30_000);
  let gateway: TestGateway;
  let receiver: WebhookReceiver;

  beforeEach(async () => {
    receiver = await new WebhookReceiver().listen();
    gateway = await exampleStory();
  });
  afterEach(async () => {
    await gateway.remove();
    await receiver.close();
  });

  const ask = (filter: object, after: string | null = null, caller: Caller = officer) => {
    const query = `mutation ($url: String!, $filter: AlertFilter, $after: String) {
      registerAlertWebhook(url: $url, filter: $filter, after: $after) { secret webhook { ${fields} } } }`;
    return gateway.ask(query, caller, { url: receiver.url, filter, after });
  };
  const registered = async (...asked: Parameters<typeof ask>) =>
    membersAt(fine(await ask(...asked)), 'registerAlertWebhook');
  const webhook = async (): Promise<unknown> =>
    listAt(fine(await gateway.ask(`{ webhooks { ${fields} } }`, officer)), 'webhooks')[0];
  const taken = async (count: number): Promise<void> => {
    while (at(await webhook(), 'delivered') !== count) await sleep(5);
  };
  const look = async (): Promise<void> => {
    gateway.gateway.alertWatch.start();
    const newest = await gateway.ledger.newest();
    while ((await gateway.gateway.alertWatch.lookedAt()) < newest) await sleep(5);
  };
  const said = ({ body }: Received): unknown => JSON.parse(body);
  const idsOf = (deliveries: readonly Received[]): readonly string[] => deliveries.map(({ id }) => id);

  it('bring what is raised, and each step at the desk, signed, as the subscription tells it', async () => {
    const following = await followAlerts(gateway, officer, { filter: { kinds: ['seal_opened'] } });
    await following.item();
    const { secret, webhook: made } = await registered({ kinds: ['seal_opened'] });
    expect(made).to.include({ subscription: 'alerts', state: 'active' });
    expect(at(made, 'filter')).to.deep.equal({ kinds: ['seal_opened'] });
    await look();
    const [first] = await receiver.until(2);
    const alert = textAt(first && said(first), 'data.alert.id');
    await act(gateway, officer, 'assignAlert', { alert, version: 0, to: 'OFFICER2' }, 'alert { id }');
    await act(gateway, colleague, 'acknowledgeAlert', { alert, version: 1 }, 'alert { id }');
    const deliveries = await receiver.until(4);
    for (const each of deliveries) expect(isGenuine(each, String(secret))).to.equal(true);
    expect(deliveries.map((each) => textAt(said(each), 'type'))).to.deep.equal([
      'alert.raised',
      'alert.raised',
      'alert.assigned',
      'alert.acknowledged',
    ]);
    for (const each of deliveries) {
      const told = await following.item();
      const data = membersAt(said(each), 'data');
      expect(data['cursor']).to.equal(told['cursor']);
      for (const path of ['step.step', 'step.by', 'step.assignedTo', 'alert.id', 'alert.kind'])
        expect(at(data, path), path).to.equal(at(told, path));
      expect(listAt(data, 'alert.path')).not.to.be.empty;
      expect(listAt(data, 'alert.verification.checks')).not.to.be.empty;
      expect(each.id).to.equal(`${textAt(made, 'id')}.${textAt(data, 'cursor')}`);
    }
    await following.leave();
    await taken(4);
    const records = `{ accessRecords(naming: "${textAt(made, 'id')}") { nodes { query asOfBlock } } }`;
    const left = listAt(fine(await gateway.ask(records, officer)), 'accessRecords.nodes');
    const asOfBlock = await gateway.ledger.newest();
    expect(left).to.deep.equal(Array(4).fill({ query: 'webhook', asOfBlock }));
  });

  it('begin behind a cursor of the subscription, and are refused one of another list, and an empty filter', async () => {
    const after = await gateway.gateway.services.alertStreams.here();
    await look();
    const following = await followAlerts(gateway, officer, { after });
    await following.item();
    const [first, second] = [await following.item(), await following.item()];
    await following.leave();
    await registered({}, textAt(first, 'cursor'));
    const [delivery] = await receiver.until(1);
    expect(textAt(delivery && said(delivery), 'data.cursor')).to.equal(second['cursor']);
    expect(codeOf(await ask({}, Buffer.from('5.0.0').toString('base64url')))).to.equal('CURSOR_INVALID');
    expect(codeOf(await ask({ kinds: [] }))).to.equal('BAD_ARGUMENT');
    expect(codeOf(await ask({}, null, askers.importer))).to.equal('FORBIDDEN');
  });

  it('are lost by no kill -9: what was under way comes again, under the same id', async () => {
    await registered({ countries: ['CN'] });
    receiver.answer = () => (receiver.deliveries.length > 3 ? silence() : 204);
    await look();
    await receiver.until(4);
    await taken(3);
    const before = idsOf(receiver.deliveries);
    // What a kill -9 leaves: the files as they are at this moment, nothing flushed and nothing closed.
    const folder = mkdtempSync(join(tmpdir(), 'passage-killed-'));
    cpSync(gateway.folder, folder, { recursive: true });
    await gateway.remove();
    receiver.answer = () => 204;
    const { ledger } = gateway;
    gateway = await (await TestGateway.open({ ledger, folder, init: false, org: 'customs' })).start();
    const all = listAt(
      fine(
        await gateway.ask('{ alerts(first: 100, filter: { countries: ["CN"] }) { nodes { id } } }', officer),
      ),
      'alerts.nodes',
    );
    await taken(all.length);
    const after = receiver.deliveries.slice(before.length);
    expect(after[0]?.id).to.equal(before[3]);
    expect(new Set(idsOf(after)).size).to.equal(after.length);
    const told = receiver.deliveries.map((each) => textAt(said(each), 'data.alert.id'));
    expect([...new Set(told)].sort()).to.deep.equal(all.map((each) => textAt(each, 'id')).sort());
  });
});
