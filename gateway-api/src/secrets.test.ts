import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expect } from 'chai';
import { pino } from 'pino';

import { redacted } from './log.js';
import { canarySearch } from './testing/canary.js';
import { Canaries } from './testing/canaries.js';
import { at, textAt } from './testing/read.js';
import { fine, openShipment, prepared, send } from './testing/story.js';
import { ownKey } from './testing/own-key.js';
import { TEST_LEDGER } from './testing/test-device.js';
import { TestGateway, UCR, importer } from './testing/test-gateway.js';
import { WebhookReceiver } from './testing/webhook-receiver.js';

/** Everything that a gateway is told in confidence, and everywhere that it could say it again. */
describe('secrets', function () {
  this.timeout(30_000);
  let gateway: TestGateway;
  let server: Server;
  let receiver: WebhookReceiver;
  let log = '';
  const said: string[] = [];
  const canaries = new Canaries(TEST_LEDGER);

  before(async () => {
    const logger = pino({ level: 'trace', redact: redacted }, { write: (line: string) => (log += line) });
    gateway = await (await TestGateway.open({ log: logger })).start();
    await prepared(gateway);
    receiver = await new WebhookReceiver().listen();
    receiver.answer = () => (receiver.deliveries.length % 2 === 0 ? 204 : 503);
    server = gateway.server();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  after(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    await receiver.close();
    await gateway.remove();
  });

  /** Sends a request through the socket, with whatever stands for a token. */
  const request = async (authorization: string, path = '/graphql'): Promise<void> => {
    const { port } = server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${String(port)}${path}`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', cookie: authorization },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    said.push(await answer.text());
  };

  it('are in no log, no metric and no refusal', async () => {
    for (const scheme of ['Bearer ', 'Basic ', '']) await request(scheme + canaries.bytes().toString('hex'));
    await request(`Bearer ${canaries.bytes().toString('base64url')}.a.b`, '/backup');
    await request('', `/graphql?access_token=${canaries.bytes().toString('hex')}`);
    await request('', `/none/${canaries.bytes().toString('hex')}`);

    const hook = 'mutation ($url: String!) { registerWebhook(url: $url) { secret webhook { id } } }';
    const url = `${receiver.url}?key=${canaries.bytes().toString('hex')}`;
    const made = fine(await gateway.ask(hook, importer, { url }));
    const secrets = [textAt(made, 'registerWebhook.secret')];
    const rotate = `mutation { rotateWebhookSecret(id: "${textAt(made, 'registerWebhook.webhook.id')}") { secret } }`;
    secrets.push(textAt(fine(await gateway.ask(rotate)), 'rotateWebhookSecret.secret'));
    secrets.push(url.slice(-64));
    const barred = `https://10.0.0.1/${canaries.bytes().toString('hex')}`;
    said.push(JSON.stringify((await gateway.ask(hook, importer, { url: barred })).errors));

    const opening = canaries.plant('KRIMP01', UCR, 'value');
    for (const wrong of [
      {},
      { salt: opening.salt.slice(1) },
      { commitment: 'A'.repeat(43) },
      { field: '' },
    ]) {
      const input = { openings: [{ ...opening, ...wrong }] };
      said.push(JSON.stringify((await send(gateway, importer, 'keepOpenings', input)).errors ?? []));
    }
    const key = ownKey({ party: 'CARRIER', role: 'carrier' });
    const transient = [{ name: 'openings', value: canaries.bytes().toString('base64') }];
    const propose = 'mutation ($input: ProposeActInput!) { proposeAct(input: $input) { expiresAt } }';
    for (const command of ['KeepOpenings', 'Nonsense']) {
      const input = { command, argument: '{}', certificate: key.certificate, transient };
      said.push(JSON.stringify((await gateway.ask(propose, importer, { input })).errors ?? []));
    }
    gateway.ledger.faults = {
      endorse: () => new Error(`a fault with ${canaries.bytes().toString('hex')} in it`),
    };
    said.push(
      JSON.stringify((await openShipment(gateway, { ucr: '6KRKRIMP01-0009', requestId: 'fault' })).errors),
    );
    canaries.hidden.pop(); // A fault's own words go to the log for the operator: they are in no answer.
    gateway.ledger.faults = {};
    expect(said.join()).to.contain('INTERNAL');

    const { text: metrics } = await gateway.gateway.metrics.page();
    const finds = canarySearch(canaries.hidden);
    for (const [where, text] of [
      ...said.map((each) => ['an answer', each]),
      ['the log', log],
      ['the metrics', metrics],
    ]) {
      expect(finds(Buffer.from(text ?? '')), where).to.equal(false);
      for (const secret of secrets) expect(text, where).not.to.contain(secret);
    }
    expect(said.join()).not.to.contain('a fault with');
    expect(log).not.to.equal('');
    expect(at({ found: finds(Buffer.from(canaries.hidden[0] ?? randomBytes(32))) }, 'found')).to.equal(true);
  });
});
