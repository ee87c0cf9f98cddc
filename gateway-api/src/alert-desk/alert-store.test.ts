import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';
import type { Kysely } from 'kysely';

import { openOperationalDatabase } from '../submission/outbox-database.js';
import type { OperationalDatabase } from '../submission/outbox-database.js';
import { AlertStore } from './alert-store.js';
import type { Noticed } from './find-noticed.js';

const UCR = '6KRIMPORTER1-1';
const about = { shipments: [UCR], units: [], devices: [], parties: [], ports: [], countries: [] };

const noticed = (id: string, hours = 1): Noticed => ({
  id,
  alert: { kind: 'gap', subject: id, at: { block: 3, position: 0, item: 0 }, path: [], details: { hours } },
  about,
});

describe('what is kept of alerts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'passage-alerts-'));
  let database: Kysely<OperationalDatabase>;
  let store: AlertStore;
  before(async () => {
    database = await openOperationalDatabase(join(folder, 'operational.sqlite'));
    store = new AlertStore(database);
  });
  after(async () => {
    await database.destroy();
    rmSync(folder, { recursive: true });
  });

  const kept = async (): Promise<Record<string, number>> =>
    Object.fromEntries(
      (await store.shipmentsOf(['a', 'b'])).map(({ alert_id, follows }) => [alert_id, follows]),
    );
  const raised = async () => (await store.journal(0, 100)).map(({ alert_id, step }) => `${alert_id} ${step}`);

  it('says which follow no more, and raises none twice', async () => {
    await store.notice(UCR, [noticed('a'), noticed('b')]);
    expect(await kept()).to.deep.equal({ a: 1, b: 1 });
    await store.notice(UCR, [noticed('a')]);
    expect(await kept()).to.deep.equal({ a: 1, b: 0 });
    await store.notice(UCR, [noticed('a'), noticed('b')]);
    expect(await kept()).to.deep.equal({ a: 1, b: 1 });
    expect(await raised()).to.deep.equal(['a raised', 'b raised']);
  });

  it('tells of what is new alone, and keeps the newest details', async () => {
    const told: number[] = [];
    store.onStep((number) => told.push(number));
    await store.notice(UCR, [noticed('a', 2), noticed('b')]);
    const [alert] = await store.alerts({ desk: 'd', ids: ['a'] }).all();
    expect(alert?.details).to.equal('{"hours":2}');
    expect(told).to.deep.equal([]);
    await store.notice('6KRIMPORTER1-2', [noticed('a', 2)]);
    expect(told).to.deep.equal([3]);
  });

  it('remembers how far it was looked, and has one name for ever', async () => {
    const first = await store.bookmark();
    expect(first.block).to.equal(-1);
    await store.lookedAt(7);
    expect(await store.bookmark()).to.deep.equal({ book: first.book, block: 7 });
  });
});
