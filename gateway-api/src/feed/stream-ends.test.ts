import { setTimeout as sleep } from 'node:timers/promises';

import { expect } from 'chai';

import type { Caller } from '../auth/caller.js';
import { fakeIdentity } from '../testing/fake-ledger.js';
import { follow } from '../testing/follow.js';
import type { Following, Message } from '../testing/follow.js';
import { at } from '../testing/read.js';
import { prepared } from '../testing/story.js';
import { TestDevice } from '../testing/test-device.js';
import { TestGateway, UCR, importer } from '../testing/test-gateway.js';

const owner = fakeIdentity({ mspId: 'BusinessMSP', admin: false, partyId: 'CARRIER', role: 'carrier' });

describe('a stream ends', () => {
  let gateway: TestGateway;
  let device: TestDevice;
  const streams = { perCaller: 2, all: 3, unread: 5 };
  beforeEach(async () => {
    gateway = await (await TestGateway.open({ settings: { streams } })).start();
    device = await prepared(gateway);
  });
  afterEach(() => gateway.remove());

  /** A block with a statement about the consignment; its id. */
  const block = async (): Promise<string> => {
    const { ledger } = gateway;
    const json = JSON.stringify({ statements: [device.statement(UCR)] });
    await ledger.broadcast(await ledger.endorse('RecordStatements', json, owner));
    return device.last ?? '';
  };
  const begun = async (caller: Caller = importer, options = {}): Promise<Following> => {
    const following = await follow(gateway, caller, options);
    await following.item();
    return following;
  };
  /** The code and the cursor of a message that is an error, behind which the stream is complete. */
  const ending = async (
    following: Following,
    message: Message | undefined,
  ): Promise<readonly [unknown, string]> => {
    const error = message?.errors?.[0];
    expect(await following.next()).to.equal(undefined);
    return [error?.extensions['code'], String(at(error?.extensions, 'details.cursor'))];
  };
  const indexed = async (newest: number): Promise<void> => {
    while ((await gateway.gateway.services.status.asOfBlock()) < newest) await sleep(2);
    await sleep(5);
  };

  it('for a reader that leaves too much unread, which goes on from the cursor without loss', async () => {
    let isCut = false;
    const cut = (): void => {
      isCut = true;
    };
    const stream = await gateway.gateway.services.streams.open(importer, { filter: {} }, cut);
    const ids = [await block()];
    const told = async (): Promise<string> => JSON.stringify((await stream.next()).value);
    expect(await told()).to.contain('from');
    expect(await told()).to.contain(ids[0]);
    while (!stream.ending) {
      ids.push(await block());
      await indexed(await gateway.ledger.newest());
    }
    expect(ids.length).to.be.greaterThan(streams.unread);
    const { code, facts } = stream.ending;
    expect(code).to.equal('SLOW_READER');
    expect(await told()).to.contain('SLOW_READER');
    expect(await stream.next()).to.deep.equal({ done: true, value: undefined });
    expect(isCut).to.equal(false);
    const again = await begun(importer, { after: String(at(facts.details, 'cursor')) });
    for (const id of ids.slice(1)) expect(await again.item()).to.include({ statementId: id });
    await again.leave();
  });

  it('with its token', async () => {
    const expiring = { ...importer, expires: Date.now() + 60 };
    const following = await begun(expiring);
    const [code, cursor] = await ending(following, await following.next());
    expect(code).to.equal('TOKEN_EXPIRED');
    const id = await block();
    const again = await begun(importer, { after: cursor });
    expect(await again.item()).to.include({ statementId: id });
    await again.leave();
  });

  it('with its gateway, and goes on at another one', async () => {
    const following = await begun();
    gateway.gateway.services.streams.end();
    const [code, cursor] = await ending(following, await following.next());
    expect(code).to.equal('GATEWAY_STOPPING');
    expect((await (await follow(gateway, importer)).next())?.errors?.[0]?.extensions['code']).to.equal(code);
    const id = await block();
    const { ledger } = gateway;
    const another = await (await TestGateway.open({ ledger })).start();
    try {
      const again = await follow(another, importer, { after: cursor });
      await again.item();
      expect(await again.item()).to.include({ statementId: id });
      await again.leave();
    } finally {
      await another.remove();
    }
  });

  it('before it begins for a caller that has too many, or where there are too many', async () => {
    const carrier = { ...importer, party: 'CARRIER', role: 'carrier' };
    const refused = async (caller: Caller): Promise<readonly unknown[]> => {
      const response = await (await follow(gateway, caller)).next();
      const extensions = response?.errors?.[0]?.extensions;
      return [extensions?.['code'], at(extensions, 'details.retryAfter')];
    };
    const first = await begun();
    const second = await begun();
    expect(await refused(importer)).to.deep.equal(['TOO_MANY_STREAMS', 30]);
    const third = await begun(carrier);
    expect(await refused(carrier)).to.deep.equal(['TOO_MANY_STREAMS', 30]);
    await first.leave();
    await (await begun(carrier)).leave();
    for (const following of [second, third]) await following.leave();
    const { text } = await gateway.gateway.metrics.page();
    expect(text).to.contain('passage_streams 0').and.to.contain('passage_stream_ends_total{why="left"} 4');
  });
});
