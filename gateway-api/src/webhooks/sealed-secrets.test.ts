import { readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from 'chai';
import { sql } from 'kysely';

import { openOperationalDatabase } from '../submission/outbox-database.js';
import { canarySearch } from '../testing/canary.js';
import { at, listAt, textAt } from '../testing/read.js';
import { fine, openShipment, prepared } from '../testing/story.js';
import { TestGateway } from '../testing/test-gateway.js';
import { WebhookReceiver, isGenuine } from '../testing/webhook-receiver.js';

describe('the secrets of webhooks', function () {
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

  const register = async (): Promise<{ readonly id: string; readonly secret: string }> => {
    const query = `mutation ($url: String!) { registerWebhook(url: $url) { secret webhook { id } } }`;
    const made = at(fine(await gateway.ask(query, undefined, { url: receiver.url })), 'registerWebhook');
    return { id: textAt(made, 'webhook.id'), secret: textAt(made, 'secret') };
  };
  const rotate = async (id: string): Promise<string> =>
    textAt(
      fine(await gateway.ask(`mutation { rotateWebhookSecret(id: "${id}") { secret } }`)),
      'rotateWebhookSecret.secret',
    );
  const state = async (): Promise<unknown> =>
    listAt(fine(await gateway.ask('{ webhooks { state reason } }')), 'webhooks')[0];
  const restart = async (): Promise<void> => {
    const { ledger, folder } = gateway;
    gateway = await (await TestGateway.open({ ledger, folder })).start();
  };
  /** The files in the gateway's folder, without the keystore, in which a secret stands in any form. */
  const filesWith = (secrets: readonly string[]): readonly string[] => {
    const finds = canarySearch(secrets.map((secret) => Buffer.from(secret.slice('whsec_'.length), 'base64')));
    return readdirSync(gateway.folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => !name.startsWith('keystore') && statSync(join(gateway.folder, name)).isFile())
      .filter((name) => finds(readFileSync(join(gateway.folder, name))));
  };

  it('stand in no file, not before a rotation nor after it, and sign over a restart', async () => {
    const { id, secret } = await register();
    const rotated = await rotate(id);
    expect(filesWith([secret, rotated])).to.deep.equal([]);
    await gateway.stop();
    await restart();
    await openShipment(gateway, { ucr: '6KRKRIMP01-0002' });
    const [delivery] = await receiver.until(1);
    for (const each of [secret, rotated]) expect(delivery && isGenuine(delivery, each)).to.equal(true);
    expect(filesWith([secret, rotated])).to.deep.equal([]);
  });

  it('are sealed at the start where an earlier version, or an old backup, has them in clear', async () => {
    const { id } = await register();
    const other = await register();
    await gateway.stop();
    const [secret, previous_secret, forgotten] = [1, 2, 3].map(
      (n) => `whsec_${Buffer.alloc(32, `old ${String(n)}`).toString('base64')}`,
    ) as [string, string, string];
    const path = join(gateway.folder, 'operational.sqlite');
    const database = await openOperationalDatabase(path);
    const rows = database.updateTable('webhook');
    await rows.set({ secret: forgotten }).where('id', '=', other.id).execute();
    await database.deleteFrom('webhook').where('id', '=', other.id).execute();
    const until = new Date(Date.now() + 60_000).toISOString();
    await rows.set({ secret, previous_secret, previous_until: until }).where('id', '=', id).execute();
    await sql`DELETE FROM migration WHERE name = 'webhook_secrets_sealed'`.execute(database);
    await database.destroy();
    expect(filesWith([secret])).to.deep.equal(['operational.sqlite']);
    expect(filesWith([forgotten])).to.deep.equal(['operational.sqlite']);

    await restart();
    expect(filesWith([secret, previous_secret, forgotten])).to.deep.equal([]);
    await openShipment(gateway, { ucr: '6KRKRIMP01-0002' });
    const [delivery] = await receiver.until(1);
    for (const each of [secret, previous_secret])
      expect(delivery && isGenuine(delivery, each)).to.equal(true);
  });

  it('without their key pause the webhook, which goes on with a new secret where it stood', async () => {
    const { id, secret } = await register();
    receiver.answer = () => 500;
    await openShipment(gateway, { ucr: '6KRKRIMP01-0002' });
    const [first] = await receiver.until(1);
    await gateway.stop();
    receiver.answer = () => 204;
    const before = receiver.deliveries.length;
    rmSync(join(gateway.folder, 'keystore', 'secrets.key'));
    await restart();
    const resume = `mutation { resumeWebhook(id: "${id}") { state reason } }`;
    expect(at(await state(), 'state')).to.equal('paused');
    expect(textAt(await state(), 'reason')).to.contain(
      'the key that seals its secret is not in the keystore',
    );
    expect(at(fine(await gateway.ask(resume)), 'resumeWebhook.state')).to.equal('paused');
    const rotated = await rotate(id);
    expect(at(fine(await gateway.ask(resume)), 'resumeWebhook.state')).to.equal('active');
    const again = (await receiver.until(before + 1)).at(-1);
    expect(again?.id).to.equal(first?.id);
    expect(again && isGenuine(again, rotated)).to.equal(true);
    expect(again && isGenuine(again, secret)).to.equal(false);
  });
});
