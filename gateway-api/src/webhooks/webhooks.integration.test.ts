import { setTimeout as sleep } from 'node:timers/promises';

import { expect } from 'chai';

import type { Caller } from '../auth/caller.js';
import { at, listAt, membersAt, textAt } from '../testing/read.js';
import { act, codeOf, fine, openShipment, prepared, registerCaller } from '../testing/story.js';
import { TestGateway, UCR, carrier, importer } from '../testing/test-gateway.js';
import { testWebhooks } from '../testing/test-settings.js';
import { WebhookReceiver, isGenuine } from '../testing/webhook-receiver.js';

const officer: Caller = {
  subject: 'o',
  org: 'customs',
  party: 'OFFICER',
  role: 'customs_officer',
  admin: false,
};
const terminal: Caller = {
  subject: 'p',
  org: 'port',
  party: 'TERMINAL',
  role: 'terminal_operator',
  admin: false,
};
const fields = '{ id state cursor delivered failures reason }';

describe('webhooks', function () {
  this.timeout(20_000);
  let gateway: TestGateway;
  let receiver: WebhookReceiver;
  beforeEach(async () => {
    receiver = await new WebhookReceiver().listen();
    gateway = await (await TestGateway.open()).start();
    await prepared(gateway);
  });
  afterEach(async () => {
    await gateway.remove();
    await receiver.close();
  });

  const register = async (caller = importer, filter: object = {}, url = receiver.url, door = gateway) => {
    const query = `mutation ($url: String!, $filter: FeedFilter) {
      registerWebhook(url: $url, filter: $filter) { secret webhook ${fields} } }`;
    const made = membersAt(fine(await door.ask(query, caller, { url, filter })), 'registerWebhook');
    return { id: textAt(made, 'webhook.id'), secret: textAt(made, 'secret') };
  };
  const change = async (name: string, id: string, caller = importer) =>
    gateway.ask(
      `mutation { ${name}(id: "${id}") ${name === 'rotateWebhookSecret' ? '{ secret }' : fields} }`,
      caller,
    );
  const state = async (caller = importer): Promise<readonly unknown[]> =>
    listAt(fine(await gateway.ask(`{ webhooks ${fields} }`, caller)), 'webhooks');
  const offer = (ucr = UCR) =>
    act(gateway, carrier, 'offerHandover', { ucr, to: importer.party, place: 'KRPUS' });

  it('are signed, and bring each item in order with how it was verified', async () => {
    const { secret, id } = await register(importer, { what: ['act'] });
    await offer();
    await openShipment(gateway, { ucr: '6KRKRIMP01-0002' });
    const [first, second] = await receiver.until(2);
    for (const delivery of receiver.deliveries) expect(isGenuine(delivery, secret)).to.equal(true);
    expect(first && isGenuine(first, 'whsec_AAAA')).to.equal(false);
    const told = JSON.parse(first?.body ?? '') as unknown;
    expect(told).to.include({ type: 'act.recorded' });
    expect(at(told, 'data.command')).to.equal('OfferHandover');
    expect(at(told, 'data.events.0.handover.to')).to.equal(importer.party);
    expect(listAt(told, 'data.verification.checks')).not.to.be.empty;
    expect(first?.id).to.equal(`${id}.${textAt(told, 'data.cursor')}`);
    expect(JSON.parse(second?.body ?? '')).to.have.nested.property('data.command', 'OpenShipment');
    while (at((await state())[0], 'delivered') !== 2) await sleep(5);
  });

  it('let a port answer an inspection order without a person', async () => {
    const { ledger } = gateway;
    const [customs, port] = await Promise.all([
      TestGateway.open({ ledger, org: 'customs' }).then((each) => each.start()),
      TestGateway.open({ ledger, org: 'port' }).then((each) => each.start()),
    ]);
    try {
      await registerCaller(customs, officer);
      await registerCaller(port, terminal);
      const wanted = { commands: ['OrderInspection'], parties: [terminal.party] };
      const { secret } = await register(terminal, wanted, receiver.url, port);
      const answered: unknown[] = [];
      receiver.answer = async (delivery) => {
        if (!isGenuine(delivery, secret)) return 401;
        const { ucr, number } = membersAt(JSON.parse(delivery.body), 'data.events.0.inspection');
        const input = { requestId: delivery.id.slice(-40), ucr, inspection: number, answer: 'acknowledged' };
        answered.push(await act(port, terminal, 'answerInspection', input, 'inspection { status }'));
        return 200;
      };
      const deadline = new Date(Date.now() + 86_400_000).toISOString();
      const order = { ucr: UCR, legalBasis: 'art. 188', kind: 'scan', to: terminal.party, deadline };
      await act(customs, officer, 'orderInspection', order);
      while (answered.length === 0) await sleep(5);
      expect(answered).to.deep.equal([{ inspection: { status: 'acknowledged' } }]);
      expect(receiver.deliveries).to.have.length(1);
    } finally {
      await customs.remove();
      await port.remove();
    }
  });

  it('come again until they are taken, in order, and over a restart', async () => {
    const { id } = await register();
    let refusals = 2;
    receiver.answer = () => (refusals-- > 0 ? 500 : 204);
    await offer();
    await receiver.until(3);
    expect(new Set(receiver.deliveries.map((each) => each.id)).size).to.equal(1);
    receiver.answer = () => 302;
    await openShipment(gateway, { ucr: '6KRKRIMP01-0002' });
    await receiver.until(4);
    while (at((await state())[0], 'state') !== 'failing') await sleep(5);
    expect(at((await state())[0], 'reason')).to.equal('answered with 302');
    await gateway.stop();
    const before = receiver.deliveries.length;
    receiver.answer = () => 204;
    const { ledger, folder } = gateway;
    gateway = await (await TestGateway.open({ ledger, folder })).start();
    const again = (await receiver.until(before + 1)).at(before);
    expect(again?.id).to.equal(receiver.deliveries[3]?.id);
    while (at((await state())[0], 'delivered') !== 2) await sleep(5);
    expect((await state())[0]).to.deep.include({ id, state: 'active', failures: 0 });
  });

  it('are paused when nothing is taken for too long, or nothing more is wanted, and go on where they stood', async () => {
    const { id } = await register();
    receiver.answer = () => 410;
    await offer();
    await receiver.until(1);
    while (at((await state())[0], 'state') !== 'paused') await sleep(5);
    receiver.answer = () => 204;
    const [refused] = receiver.deliveries;
    fine(await change('resumeWebhook', id));
    expect((await receiver.until(2))[1]?.id).to.equal(refused?.id);

    await receiver.close();
    await gateway.stop();
    const { ledger, folder } = gateway;
    const settings = { webhooks: testWebhooks(300) };
    gateway = await (await TestGateway.open({ ledger, folder, settings })).start();
    await openShipment(gateway, { ucr: '6KRKRIMP01-0002' });
    while (at((await state())[0], 'state') !== 'paused') await sleep(5);
    expect(at((await state())[0], 'reason')).to.match(/^nothing was taken since .*ECONNREFUSED/);
    const { text } = await gateway.gateway.metrics.page();
    expect(text).to.contain('passage_webhook_attempts_total{outcome="paused"} 1');
  });

  it('are signed with both secrets after a rotation, and stop when they are removed', async () => {
    const { id, secret } = await register();
    const rotated = textAt(fine(await change('rotateWebhookSecret', id)), 'rotateWebhookSecret.secret');
    await offer();
    const [delivery] = await receiver.until(1);
    for (const each of [secret, rotated]) expect(delivery && isGenuine(delivery, each)).to.equal(true);
    fine(await change('removeWebhook', id));
    expect(await state()).to.deep.equal([]);
    expect(codeOf(await change('resumeWebhook', id))).to.equal('WEBHOOK_UNKNOWN');
  });

  it("are their caller's own", async () => {
    const { id } = await register();
    for (const other of [carrier, { subject: 'x', org: 'business', admin: false }]) {
      expect(await state(other)).to.deep.equal([]);
      for (const name of ['removeWebhook', 'resumeWebhook', 'rotateWebhookSecret'])
        expect(codeOf(await change(name, id, other))).to.equal('WEBHOOK_UNKNOWN');
    }
    expect(codeOf(await change('removeWebhook', id, { ...importer, org: 'port' }))).to.equal('FORBIDDEN');
    expect(await state({ ...importer, org: 'port' })).to.deep.equal([]);
    expect(await state({ subject: 'a', org: 'business', admin: true })).to.have.length(1);
  });

  it('are refused where they may not go, or where there are too many', async () => {
    const ask = (url: string) =>
      gateway.ask('mutation ($url: String!) { registerWebhook(url: $url) { secret } }', importer, { url });
    for (const url of ['https://10.0.0.1/', 'http://port.example/', 'https://169.254.169.254/'])
      expect(codeOf(await ask(url)), url).to.equal('WEBHOOK_REFUSED');
    for (let i = 0; i < 3; i++) fine(await ask(receiver.url));
    expect(codeOf(await ask(receiver.url))).to.equal('TOO_MANY_WEBHOOKS');
  });

  it('bring no more than their caller sees', async () => {
    await registerCaller(gateway, { ...importer, party: 'STRANGER' });
    await register({ ...importer, party: 'STRANGER' });
    await offer();
    const input = { partyId: 'LAST', name: 'Last', roles: ['carrier'] };
    await act(gateway, { subject: 'a', org: 'business', admin: true }, 'registerParty', input);
    const deliveries = await receiver.until(1);
    expect(deliveries.map(({ body }) => at(JSON.parse(body), 'data.command'))).to.deep.equal([
      'RegisterParty',
    ]);
  });
});
