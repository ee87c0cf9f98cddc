import { setTimeout as sleep } from 'node:timers/promises';

import { expect } from 'chai';

import { gatewayError } from '../errors.js';
import type { FakeTransaction } from '../testing/fake-ledger.js';
import { idsAt } from '../testing/read.js';
import { prepared, recordStatements, send, settled } from '../testing/story.js';
import { TestGateway, UCR, carrier, importer } from '../testing/test-gateway.js';
import { dropIndex } from '../testing/test-index.js';

const statementsOf = (t: FakeTransaction): string[] =>
  (JSON.parse(t.argument) as { statements: string[] }).statements;

/** Statements of every valid batch on the ledger. */
function recorded(gateway: TestGateway): string[] {
  return gateway.ledger.chain
    .flatMap((b) => b.transactions)
    .filter((t) => t.command === 'RecordStatements' && t.code === 0)
    .flatMap((t) => t.writes.map(([key]) => key));
}

const batches = (gateway: TestGateway): number[] =>
  gateway.ledger.chain
    .flatMap((b) => b.transactions)
    .filter((t) => t.command === 'RecordStatements')
    .map((t) => statementsOf(t).length);

describe('sending statements', () => {
  let gateway: TestGateway;
  afterEach(() => gateway.remove());

  const take = async (statements: readonly string[], caller = importer): Promise<readonly string[]> => {
    const taken = await recordStatements(gateway, statements, caller);
    expect(taken['refused']).to.deep.equal([]);
    return idsAt(taken, 'accepted');
  };

  it('groups by count, one transaction for each party that sends', async () => {
    gateway = await (
      await TestGateway.open({ settings: { batch: { count: 3, bytes: 1e6, ms: 30 } } })
    ).start();
    const device = await prepared(gateway);
    const ids = await take(Array.from({ length: 7 }, () => device.statement(UCR)));
    const others = await take([device.statement(UCR)], carrier);
    for (const id of ids) expect(await settled(gateway, id)).to.include({ state: 'RECORDED' });
    for (const id of others) expect(await settled(gateway, id, carrier)).to.include({ state: 'RECORDED' });
    expect(batches(gateway).sort()).to.deep.equal([1, 1, 3, 3]);
  });

  it('groups by bytes', async () => {
    gateway = await (
      await TestGateway.open({ settings: { batch: { count: 50, bytes: 2_500, ms: 30 } } })
    ).start();
    const device = await prepared(gateway);
    const ids = await take(Array.from({ length: 6 }, () => device.statement(UCR)));
    for (const id of ids) await settled(gateway, id);
    expect(batches(gateway)).to.deep.equal([2, 2, 2]);
  });

  it('takes a statement once, however often it is sent', async () => {
    gateway = await (await TestGateway.open()).start();
    const device = await prepared(gateway);
    const statement = device.statement(UCR);
    const [id = ''] = await take([statement, statement]);
    await take([statement]);
    await settled(gateway, id);
    const late = await recordStatements(gateway, [statement]);
    expect(late.accepted).to.deep.equal([{ index: 0, id, duplicate: true }]);
    expect(recorded(gateway)).to.have.length(1);
  });

  it('drops what the peers refuse, with its code, and sends the rest', async () => {
    gateway = await (await TestGateway.open()).start();
    const device = await prepared(gateway);
    const statements = [device.statement(UCR), device.statement(UCR), device.statement(UCR)];
    let refusals = 0;
    gateway.ledger.faults = {
      endorse: (command, argument) => {
        if (command !== 'RecordStatements') return undefined;
        const index = (JSON.parse(argument) as { statements: string[] }).statements.indexOf(
          statements[1] ?? '',
        );
        if (index < 0) return undefined;
        refusals++;
        const refused = [
          { index, code: 'DEVICE_REVOKED', pointer: '/header/kid', message: 'revoked meanwhile' },
        ];
        return Object.assign(gatewayError('INTERNAL', 'x', { details: { refused } }), {
          code: 'BATCH_REFUSED',
        });
      },
    };
    const [first = '', second = '', third = ''] = await take(statements);
    expect(await settled(gateway, second)).to.include({ state: 'REFUSED', code: 'DEVICE_REVOKED' });
    expect(await settled(gateway, first)).to.include({ state: 'RECORDED' });
    expect(await settled(gateway, third)).to.include({ state: 'RECORDED' });
    expect(refusals).to.equal(1);
  });

  it('waits for a ledger that is away, and goes on when it is back', async () => {
    gateway = await (await TestGateway.open()).start();
    const device = await prepared(gateway);
    let away = 3;
    gateway.ledger.faults = {
      endorse: () =>
        away-- > 0 ? gatewayError('LEDGER_UNAVAILABLE', 'away', { retryable: true }) : undefined,
    };
    const [id = ''] = await take([device.statement(UCR)]);
    expect(await settled(gateway, id)).to.include({ state: 'RECORDED' });
  });

  it('sends the same bytes again when the orderers never saw them', async () => {
    gateway = await (await TestGateway.open()).start();
    const device = await prepared(gateway);
    let lost = 2;
    gateway.ledger.faults = { broadcast: () => (lost-- > 0 ? 'before' : undefined) };
    const before = gateway.ledger.broadcasts.length;
    const [id = ''] = await take([device.statement(UCR)]);
    expect(await settled(gateway, id)).to.include({ state: 'RECORDED' });
    const sent = gateway.ledger.broadcasts.slice(before);
    expect(sent).to.have.length(3);
    expect(new Set(sent).size, 'one transaction').to.equal(1);
  });

  it('does not propose again when only the answer was lost', async () => {
    gateway = await (await TestGateway.open()).start();
    const device = await prepared(gateway);
    gateway.ledger.faults = { broadcast: () => 'after' };
    const [id = ''] = await take([device.statement(UCR)]);
    expect(await settled(gateway, id)).to.include({ state: 'RECORDED' });
    expect(batches(gateway)).to.deep.equal([1]);
  });

  it('proposes anew what died of a conflict: two gateways race with the same statement', async () => {
    gateway = await (await TestGateway.open()).start();
    const device = await prepared(gateway);
    const [raced, own] = [device.statement(UCR), device.statement(UCR)];
    let first = true;
    gateway.ledger.faults = {
      broadcast: (transaction) => {
        if (!first) return undefined;
        first = false;
        // The other gateway's batch is ordered just before ours.
        const [key = '', value = ''] = transaction.writes.find(([, v]) => v.length > 0) ?? [];
        gateway.ledger.commit({
          ...transaction,
          transactionId: 'other',
          argument: JSON.stringify({ statements: [raced] }),
          writes: [[key, value]],
        });
        return undefined;
      },
    };
    const ids = await take([raced, own]);
    for (const id of ids) expect(await settled(gateway, id)).to.include({ state: 'RECORDED' });
    expect(recorded(gateway)).to.have.length(2);
  });

  it('refuses more than it takes on, with a time to come back', async () => {
    gateway = await (await TestGateway.open({ settings: { outboxLimit: 3 } })).start();
    const device = await prepared(gateway);
    gateway.ledger.faults = {
      endorse: () => gatewayError('LEDGER_UNAVAILABLE', 'away', { retryable: true }),
    };
    await take([device.statement(UCR), device.statement(UCR)]);
    const statements = [device.statement(UCR), device.statement(UCR)];
    const answer = await send(gateway, importer, 'recordStatements', { statements }, 'accepted { id }');
    expect(answer.errors?.[0]?.extensions).to.deep.include({ code: 'OVERLOADED', retryable: true });
    expect(answer.errors?.[0]?.extensions['details']).to.deep.equal({ retryAfter: 5 });
  });

  it('goes on after a restart, also with a transaction whose fate was open', async () => {
    gateway = await (await TestGateway.open()).start();
    const device = await prepared(gateway);
    gateway.ledger.faults = { broadcast: () => 'before' };
    const [open = ''] = await take([device.statement(UCR)]);
    while (gateway.ledger.broadcasts.length < 6) await sleep(2);
    gateway.ledger.faults = {
      endorse: () => gatewayError('LEDGER_UNAVAILABLE', 'away', { retryable: true }),
    };
    const [waiting = ''] = await take([device.statement(UCR)]);
    await gateway.stop();
    const sent = gateway.ledger.broadcasts.at(-1);

    gateway.ledger.faults = {};
    const { ledger, folder } = gateway;
    gateway = await (await TestGateway.open({ ledger, folder })).start();
    expect(await settled(gateway, open)).to.include({ state: 'RECORDED' });
    expect(await settled(gateway, waiting)).to.include({ state: 'RECORDED' });
    expect(ledger.chain.flatMap((b) => b.transactions).map((t) => t.transactionId)).to.include(sent);
    expect(recorded(gateway)).to.have.length(2);
  });

  it('keeps a full outbox when the index is dropped, and sends nothing twice', async () => {
    gateway = await (await TestGateway.open()).start();
    const device = await prepared(gateway);
    const [done = ''] = await take([device.statement(UCR)]);
    await settled(gateway, done);
    gateway.ledger.faults = {
      endorse: () => gatewayError('LEDGER_UNAVAILABLE', 'away', { retryable: true }),
    };
    const [waiting = ''] = await take([device.statement(UCR)]);
    await gateway.stop();
    await dropIndex(gateway.folder);

    gateway.ledger.faults = {};
    const { ledger, folder } = gateway;
    gateway = await (await TestGateway.open({ ledger, folder })).start();
    expect(await settled(gateway, waiting)).to.include({ state: 'RECORDED' });
    expect(await settled(gateway, done)).to.include({ state: 'RECORDED' });
    expect(recorded(gateway)).to.have.length(2);
  });
});
