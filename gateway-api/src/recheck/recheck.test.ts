import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

import { prologue, scenarios, scenesOf } from '@passage/domain/testing';
import { expect } from 'chai';

import { primaryKeys } from '../index/rows.js';
import { fakeIdentity } from '../testing/fake-ledger.js';
import { at, listAt } from '../testing/read.js';
import { codeOf, fine, prepared, record } from '../testing/story.js';
import { TEST_LEDGER } from '../testing/test-device.js';
import { TestGateway, UCR, auditor, importer } from '../testing/test-gateway.js';
import { searched } from './compare-rows.js';
import { editIndex, isOverPostgres } from '../testing/test-index.js';

const RECHECK = 'recheck { equal sources rows differences { code message table kind columns key } }';

describe('a recheck', function () {
  this.timeout(60_000);
  let gateway: TestGateway;

  const edit = (sql: string): Promise<void> => editIndex(gateway.folder, ...sql.split('; '));
  const recheck = async (caller = importer): Promise<unknown> => {
    const query = `{ shipment(ucr: "${UCR}") { verification { block ${RECHECK} } } }`;
    return at(fine(await gateway.ask(query, caller)), 'shipment.verification.recheck');
  };
  const alerts = async (): Promise<readonly unknown[]> =>
    listAt(
      fine(await gateway.ask('{ ledgerAlerts { nodes { kind block message theirs } } }', auditor)),
      'ledgerAlerts.nodes',
    );

  describe('of one consignment', () => {
    beforeEach(async () => {
      gateway = await (await TestGateway.open()).start();
      const device = await prepared(gateway);
      await record(gateway, [device.statement(UCR), device.statement(UCR)]);
    });
    afterEach(() => gateway.remove());

    it('finds every row what its block gives', async () => {
      const found = await recheck();
      expect(found).to.deep.include({ equal: true, sources: ['business'], differences: [] });
      expect(at(found, 'rows')).to.be.greaterThan(5);
      const timeline = await gateway.ask(
        `{ trace(ucr: "${UCR}") { nodes { ... on Recorded { verification { recheck { equal } } } } } }`,
      );
      const nodes = listAt(fine(timeline), 'trace.nodes');
      expect(nodes.map((node) => at(node, 'verification.recheck.equal'))).to.deep.equal([true, true, true]);
      expect(await alerts()).to.deep.equal([]);
    });

    it('finds a row that was edited in the file, says which, and keeps an alert', async () => {
      await edit("UPDATE shipment SET origin = 'VN'");
      const row = { code: 'INDEX_ROW_DIFFERS', table: 'shipment', kind: 'altered', columns: ['origin'] };
      const found = await recheck(auditor);
      expect(at(found, 'equal')).to.equal(false);
      expect(at(found, 'differences.0'))
        .to.deep.include({ ...row, key: `{"ucr":"${UCR}"}` })
        .and.have.property('message');
      expect(at(await recheck(importer), 'differences.0')).to.deep.include({ ...row, key: null });
      await edit("UPDATE shipment SET origin = 'CN'");
      expect(await recheck()).to.include({ equal: true });
      const kept = await alerts();
      expect(kept).to.have.length(1);
      expect(at(kept[0], 'message')).to.contain(`shipment {"ucr":"${UCR}"} is altered in origin`);
      expect(at(kept[0], 'kind')).to.equal('index_altered');
    });

    it('finds what was edited of the past, what is missing, what was put in, and a hash', async () => {
      const kinds = async (): Promise<unknown> =>
        listAt(await recheck(), 'differences').map((each) => [at(each, 'table'), at(each, 'kind')]);
      await edit(
        "INSERT INTO event SELECT ucr || 'X', block, position, transaction_id, item, kind, recorded_at, place, statement_id, kid, handover, custodian, decision, hold, inspection FROM event WHERE kind = 'shipment_opened'",
      );
      expect(await kinds()).to.deep.equal([['event', 'extra']]);
      await edit("DELETE FROM event WHERE kind = 'shipment_opened'");
      expect(await kinds()).to.deep.equal([['event', 'missing']]);
      await edit('DELETE FROM event; UPDATE block SET data_hash = \'x\'; UPDATE "transaction" SET code = 11');
      expect(await kinds()).to.deep.equal([
        ['block', 'altered'],
        ['transaction', 'altered'],
        ['event', 'missing'],
      ]);
    });

    it('finds a block that the peer serves otherwise, keeps its header, and shows no row as checked', async () => {
      const served = gateway.ledger.served;
      gateway.ledger.served = (block) => ({ ...block, altered: 'the data hash is another' });
      const found = await recheck();
      expect(found).to.deep.include({ equal: false, sources: [], rows: 0 });
      expect(at(found, 'differences.0')).to.include({ code: 'BLOCK_DIFFERS', table: null });
      gateway.ledger.served = (block) => ({ ...block, number: block.number + 1 });
      expect(at(await recheck(), 'differences.0.message')).to.match(/it is block \d+$/);
      expect((await alerts()).map((alert) => at(alert, 'kind'))).to.deep.equal(['block_altered']);
      gateway.ledger.served = served;
      await edit(
        "UPDATE block SET header_hash = 'x', previous_hash = 'x'; UPDATE head SET header_hash = 'x'",
      );
      expect(at(await recheck(), 'differences.0.message')).to.contain('not x');
    });

    it('says where the peer does not give the block, and answers the rest', async () => {
      gateway.ledger.served = () => undefined;
      const answer = await gateway.ask(
        `{ shipment(ucr: "${UCR}") { origin verification { recheck { equal } } } }`,
      );
      expect(codeOf(answer)).to.equal('LEDGER_UNAVAILABLE');
    });

    it('has a price', async () => {
      const many = `{ trace(ucr: "${UCR}", first: 100) { nodes { ... on Recorded { verification { a: recheck { equal }
        b: recheck { rows } c: recheck { sources } } } } } }`;
      expect(codeOf(await gateway.ask(many))).to.equal('QUERY_TOO_COSTLY');
    });
  });

  it('makes every row of every act again as it was indexed', async () => {
    gateway = await (await TestGateway.open({ init: false })).start();
    const scenes = scenarios.flatMap((scenario) => scenesOf(scenario, TEST_LEDGER, new Date()));
    for (const { caller, name, input } of [...prologue(TEST_LEDGER), ...scenes]) {
      const json = JSON.stringify(input);
      const endorsed = await gateway.ledger.endorse(name, json, fakeIdentity(caller)).catch(() => undefined);
      if (endorsed) await gateway.ledger.broadcast(endorsed);
    }
    const newest = await gateway.ledger.newest();
    const { services } = gateway.gateway;
    while ((await services.status.asOfBlock()) < newest) await sleep(1);
    let rows = 0;
    for (let block = 1; block <= newest; block++) {
      const found = await services.rechecks.of({ block, position: 0 });
      expect(found.differences, `block ${String(block)}`).to.deep.equal([]);
      rows += found.rows;
    }
    expect(rows).to.be.greaterThan(10 * newest);
    await gateway.remove();
  });

  const inSqlite = isOverPostgres ? it.skip : it;
  inSqlite('finds rows that no block gives by an index over their block', async () => {
    gateway = await TestGateway.open();
    const database = new DatabaseSync(join(gateway.folder, 'index.sqlite'), { readOnly: true });
    for (const table of Object.keys(primaryKeys)) {
      if (!searched.has(table as never)) continue;
      const plan = database
        .prepare(`EXPLAIN QUERY PLAN SELECT * FROM "${table}" WHERE block = 1 AND position = 0`)
        .all();
      expect(JSON.stringify(plan), table).to.contain('SEARCH');
    }
    database.close();
    await gateway.remove();
  });
});
