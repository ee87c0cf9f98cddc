import { expect } from 'chai';

import { gatewayError } from '../errors.js';
import { idsAt } from '../testing/read.js';
import { codeOf, prepared, record, recordStatements, settled } from '../testing/story.js';
import { TestDevice } from '../testing/test-device.js';
import { TestGateway, UCR } from '../testing/test-gateway.js';

describe('metrics', () => {
  let gateway: TestGateway;
  beforeEach(async () => {
    gateway = await (await TestGateway.open()).start();
  });
  afterEach(() => gateway.remove());

  /** The value of one line of the page, by its name and labels. */
  const value = async (series: string): Promise<number | undefined> => {
    const { text } = await gateway.gateway.metrics.page();
    const line = text.split('\n').find((one) => one.startsWith(`${series} `));
    return line === undefined ? undefined : Number(line.slice(series.length + 1));
  };

  it('tell how far the index is, and what waits', async () => {
    const height = gateway.ledger.chain.length;
    expect(await value('passage_ledger_height_blocks')).to.equal(height);
    expect(await value('passage_index_height_blocks')).to.equal(height);
    expect(await value('passage_index_lag_blocks')).to.equal(0);
    expect(await value('passage_outbox_statements')).to.equal(0);
    expect(await value('passage_block_refused')).to.equal(0);
    expect(await value('passage_ready')).to.equal(1);
  });

  it('count batches by size and transactions by the time until their block', async () => {
    const device = await prepared(gateway);
    const before = await value('passage_commit_seconds_count');
    await record(gateway, [device.statement(UCR), device.statement(UCR), device.statement(UCR)]);
    expect(await value('passage_batch_statements_count')).to.equal(1);
    expect(await value('passage_batch_statements_sum')).to.equal(3);
    expect(await value('passage_commit_seconds_count')).to.equal((before ?? 0) + 1);
  });

  it('count refusals by code: of requests, and of statements at the door and by the ledger', async () => {
    expect(codeOf(await gateway.ask('{ nothing }'))).to.equal('QUERY_INVALID');
    expect(codeOf(await gateway.askAsNobody('{ ledgerStatus { height } }'))).to.equal('UNAUTHENTICATED');
    expect(await value('passage_refusals_total{code="QUERY_INVALID"}')).to.equal(1);
    expect(await value('passage_refusals_total{code="UNAUTHENTICATED"}')).to.equal(1);

    const device = await prepared(gateway);
    await recordStatements(gateway, [new TestDevice().statement(UCR)]);
    expect(await value('passage_statement_refusals_total{code="KEY_UNKNOWN",at="door"}')).to.equal(1);

    gateway.ledger.faults = { endorse: () => gatewayError('LEDGER_REFUSED', 'never') };
    const taken = await recordStatements(gateway, [device.statement(UCR)]);
    await settled(gateway, idsAt(taken, 'accepted')[0] ?? '');
    expect(await value('passage_statement_refusals_total{code="LEDGER_REFUSED",at="ledger"}')).to.equal(1);
  });
});
