import { expect } from 'chai';
import { Kysely } from 'kysely';

import type { EventFilter } from '../index/event-filter.js';
import { IndexReader } from '../index/reader.js';
import { openSqlite, sqliteDialect } from '../index/sqlite.js';
import type { IndexDatabase } from '../index/tables/index.js';
import { at, idsAt, nodesOf } from '../testing/read.js';
import { fine, openShipment, prepared, record } from '../testing/story.js';
import type { TestDevice } from '../testing/test-device.js';
import { TestGateway, UCR, carrier, importer } from '../testing/test-gateway.js';
import { isOverPostgres, placeOfIndex } from '../testing/test-index.js';

const container = 'urn:epc:id:bic:CSQU3054383';
const OTHER = '6KRKRIMP01-0002';
const hour = (n: number): string => `2026-03-01T${String(n).padStart(2, '0')}:00:00.000Z`;
const busan = { id: 'https://vocabulary.uncefact.org/unlocode#KRPUS' };

describe('events over all consignments', function () {
  this.timeout(20_000);
  let gateway: TestGateway;
  let device: TestDevice;
  const names = new Map<string, string>();

  const ask = async (filter: EventFilter, more = '', caller = carrier): Promise<readonly string[]> => {
    const query = `query ($filter: EventFilter) { events(filter: $filter ${more}) { nodes { id } } }`;
    const answer = fine(await gateway.ask(query, caller, { filter }));
    return idsAt(at(answer, 'events'), 'nodes').map((id) => names.get(id) ?? id);
  };

  before(async () => {
    gateway = await (await TestGateway.open()).start();
    device = await prepared(gateway);
    fine(await openShipment(gateway, { ucr: OTHER }));
    const see = async (name: string, ucr: string, event: Parameters<TestDevice['statement']>[1]) => {
      const [id = ''] = await record(gateway, [device.statement(ucr, event)]);
      names.set(id, name);
    };
    await see('arrived', UCR, {
      ...{ eventTime: hour(3), bizStep: 'arriving', disposition: 'in_transit', readPoint: busan },
      epcList: [container, 'urn:epc:id:sscc:4012345.0000000111'],
    });
    await see('looked', OTHER, {
      ...{ eventTime: hour(1), bizStep: 'https://ref.gs1.org/cbv/BizStep-inspecting' },
      readPoint: { id: 'urn:epc:id:sgln:4012345.00011.GATE3' },
      sourceList: [{ type: 'owning_party', source: 'urn:epc:id:pgln:4012345.00011' }],
    });
    await see('packed', UCR, {
      ...{ eventTime: hour(2), type: 'AggregationEvent', action: 'ADD', epcList: undefined },
      ...{ bizStep: 'packing', parentID: container, childEPCs: [`urn:passage:ucr:${UCR}`] },
    });
    await see('measured', OTHER, {
      ...{ eventTime: hour(4), bizStep: 'sensor_reporting', eventID: 'urn:uuid:1' },
      sensorElementList: [
        { sensorReport: [{ type: 'Temperature', value: 5, uom: 'CEL', deviceID: 'urn:x:t1' }] },
      ],
    });
  });
  after(() => gateway.remove());

  it('come newest first on the ledger, or by the time that devices say, in either direction', async () => {
    expect(await ask({})).to.deep.equal(['measured', 'packed', 'looked', 'arrived']);
    expect(await ask({}, 'orderBy: eventTime')).to.deep.equal(['measured', 'arrived', 'packed', 'looked']);
    const ascending = 'orderBy: eventTime, orderDirection: ASC';
    expect(await ask({}, ascending)).to.deep.equal(['looked', 'packed', 'arrived', 'measured']);
  });

  const filters: readonly (readonly [EventFilter, ...string[]])[] = [
    [{ GE_eventTime: hour(2), LT_eventTime: hour(4) }, 'packed', 'arrived'],
    [{ GE_recordTime: '2100-01-01T00:00:00Z' }],
    [{ LT_recordTime: '2100-01-01T00:00:00Z', EQ_bizStep: ['arriving'] }, 'arrived'],
    [{ EQ_bizStep: ['inspecting', 'cbv:BizStep-packing'] }, 'packed', 'looked'],
    [{ EQ_disposition: ['in_transit'] }, 'arrived'],
    [{ EQ_action: ['ADD'] }, 'packed'],
    [{ eventType: ['AggregationEvent'] }, 'packed'],
    [{ EQ_readPoint: ['KRPUS'], EQ_bizStep: ['arriving', 'inspecting'] }, 'arrived'],
    [{ EQ_readPoint: [busan.id] }, 'measured', 'packed', 'arrived'],
    [{ EQ_readPoint: ['urn:epc:id:sgln:4012345.00011'] }],
    [{ WD_readPoint: ['urn:epc:id:sgln:4012345.00011'] }, 'looked'],
    [{ WD_readPoint: ['urn:epc:id:sgln:4012345.0001'] }],
    [{ MATCH_epc: [container] }, 'measured', 'looked', 'arrived'],
    [{ MATCH_parentID: [container] }, 'packed'],
    [{ MATCH_anyEPC: [container] }, 'measured', 'packed', 'looked', 'arrived'],
    [{ MATCH_epc: ['https://id.gs1.org/00/040123450000001112'] }, 'arrived'],
    [{ container: ['CSQU3054383'], ucr: [UCR] }, 'packed', 'arrived'],
    [{ sscc: ['040123450000001112'] }, 'arrived'],
    [{ EQ_source: [{ type: 'owning_party', values: ['urn:epc:id:pgln:4012345.00011'] }] }, 'looked'],
    [{ EQ_source: [{ type: 'location', values: ['urn:epc:id:pgln:4012345.00011'] }] }],
    [{ EQ_type: ['Temperature'] }, 'measured'],
    [{ EQ_deviceID: ['urn:x:t1'] }, 'measured'],
    [{ EQ_eventID: ['urn:uuid:1'] }, 'measured'],
    [{ EXISTS_errorDeclaration: true }],
    [{ EXISTS_errorDeclaration: false, ucr: [OTHER] }, 'measured', 'looked'],
    [{ ucr: [UCR], EQ_bizStep: ['inspecting'] }],
    [{ EQ_bizStep: [] }],
  ];
  for (const [filter, ...found] of filters) {
    it(`meet ${JSON.stringify(filter)}`, async () => {
      expect(await ask(filter)).to.deep.equal(found);
    });
  }

  it('are found by the key that signed', async () => {
    expect(await ask({ device: [device.kid] })).to.have.length(4);
    expect(await ask({ device: ['A'.repeat(43)] })).to.deep.equal([]);
  });

  it('are no more than the caller sees', async () => {
    expect(await ask({}, '', importer)).to.have.length(4);
    expect(await ask({}, '', { ...carrier, party: 'STRANGER' })).to.deep.equal([]);
  });

  it('are paged by cursors that stay good while the ledger grows, and as known before', async () => {
    const query = `query ($after: String, $known: Natural) {
      events(first: 2, after: $after, asKnownAt: $known, orderBy: eventTime, orderDirection: ASC) {
        nodes { id } pageInfo { hasNextPage endCursor } } }`;
    const page = async (after?: unknown, known?: number) =>
      at(fine(await gateway.ask(query, carrier, { after, known })), 'events');
    const known = await gateway.ledger.newest();
    const first = await page();
    await record(gateway, [device.statement(UCR, { eventTime: hour(5) })]);
    const cursor = at(first, 'pageInfo.endCursor');
    expect(idsAt(await page(cursor), 'nodes').map((id) => names.get(id))).to.deep.equal([
      'arrived',
      'measured',
    ]);
    expect(at(await page(cursor), 'pageInfo.hasNextPage')).to.equal(true);
    expect(at(await page(cursor, known), 'pageInfo.hasNextPage')).to.equal(false);
  });

  it('narrow the timeline of a shipment in the same words', async () => {
    const query = `{ trace(ucr: "${UCR}", filter: { EQ_bizStep: ["packing"] }) {
      totalCount edges { node { __typename id } } } }`;
    const trace = at(fine(await gateway.ask(query, carrier)), 'trace');
    expect(nodesOf(trace).map((node) => names.get(String(at(node, 'id'))))).to.deep.equal(['packed']);
    expect(at(trace, 'totalCount')).to.equal(1);
  });

  const inSqlite = isOverPostgres ? it.skip : it;
  inSqlite('are found by indexes: the common questions read no table through', async () => {
    const index = openSqlite(await placeOfIndex(gateway.folder), { durable: false, exclusive: false });
    const run: { readonly sql: string; readonly parameters: readonly unknown[] }[] = [];
    const rows = new Kysely<IndexDatabase>({
      dialect: sqliteDialect(index),
      log: ({ query: { sql, parameters } }) => {
        run.push({ sql, parameters });
      },
    });
    const sight = { viewers: ['party:CARRIER'], isCustoms: false, certifies: false };
    const seen = new IndexReader(rows).seenBy(sight);
    const explain = async (
      filter: EventFilter,
      order: 'eventTime' | 'recordTime',
      reader: IndexReader,
    ): Promise<string> => {
      await reader.events.matching(filter, order, 'DESC').page({ first: 20 });
      const { sql = '', parameters = [] } = run.at(-1) ?? {};
      const steps = index.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...(parameters as string[]));
      return steps.map((step) => String(step['detail'])).join('\n');
    };
    for (const reader of [new IndexReader(rows), seen, seen.knownAt(3)]) {
      for (const [filter, by] of [
        [{ EQ_bizStep: ['packing'] }, 'statement_biz_step'],
        [{ EQ_disposition: ['in_transit'] }, 'statement_disposition'],
        [{ EQ_readPoint: ['KRPUS'] }, 'statement_read_point'],
        [{ EQ_eventID: ['urn:uuid:1'] }, 'statement_event_id'],
        [{ MATCH_epc: [container] }, 'SEARCH term USING PRIMARY KEY'],
        [{ container: ['CSQU3054383'] }, 'SEARCH mention USING PRIMARY KEY'],
        [{ ucr: [UCR] }, 'SEARCH e USING PRIMARY KEY'],
      ] as const) {
        const plan = await explain(filter, 'recordTime', reader);
        expect(plan, JSON.stringify(filter))
          .to.contain(by)
          .and.not.match(/SCAN (statement|term|mention|e)\b/);
      }
      const range = await explain({ GE_eventTime: hour(1) }, 'eventTime', reader);
      expect(range).to.contain('statement_time').and.not.contain('TEMP B-TREE');
      const whole = await explain({}, 'recordTime', reader);
      expect(whole).to.contain('statement_place').and.not.contain('TEMP B-TREE');
    }
    await rows.destroy();
  });
});
