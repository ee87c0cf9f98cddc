import { copyFileSync, fdatasync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { openOperational } from '../submission/outbox-database.js';
import type { OperationalDatabase } from '../submission/outbox-database.js';
import type { DurableDatabase } from './synced-writes.js';
import { SyncedWrites } from './synced-writes.js';

describe('synced writes', () => {
  let folder: string;
  let database: DurableDatabase<OperationalDatabase>;
  let writes: SyncedWrites<OperationalDatabase>;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'passage-synced-'));
    database = await openOperational(join(folder, 'operational.sqlite'));
    writes = new SyncedWrites(database);
  });
  afterEach(async () => {
    await writes.close().catch(() => undefined);
    await database.rows.destroy();
    rmSync(folder, { recursive: true, force: true });
  });

  const head = { organization: 'o', height: 1, signed: '{}' };
  const write = () =>
    writes.write((file) => {
      file.prepare('INSERT INTO tree_head VALUES (?, ?, ?)').run('o', 1, '{}');
    });
  const durability = () => database.file.prepare('PRAGMA synchronous').get()?.['synchronous'];
  const heads = () => database.rows.selectFrom('tree_head').selectAll().execute();

  it('are in the files when they are over', async () => {
    await write();
    const copy = join(folder, 'copy.sqlite');
    for (const end of ['', '-wal']) copyFileSync(join(folder, `operational.sqlite${end}`), copy + end);
    const again = await openOperational(copy);
    expect(await again.rows.selectFrom('tree_head').selectAll().execute()).to.deep.equal([head]);
    await again.rows.destroy();
  });

  it('leave every other commit as durable as it was, also when they fail', async () => {
    expect(durability()).to.equal(2);
    await write();
    expect(durability()).to.equal(2);
    const twice = await write().catch((error: unknown) => error);
    expect(String(twice)).to.contain('UNIQUE');
    expect(durability()).to.equal(2);
  });

  it('are no part of a transaction that is open at the time, and stay where that is given up', async () => {
    let written: Promise<void> | undefined;
    const given = database.rows.transaction().execute(async (step) => {
      await step.insertInto('tree_head').values({ organization: 'p', height: 2, signed: '{}' }).execute();
      written = write();
      throw new Error('given up');
    });
    expect(String(await given.catch((error: unknown) => error))).to.contain('given up');
    await written;
    expect(await heads()).to.deep.equal([head]);
  });

  it('fail where the disk does not take them, and the next is tried anew', async () => {
    const location = database.file.location.bind(database.file);
    database.file.location = () => join(folder, 'nowhere.sqlite');
    const failed = await write().catch((error: unknown) => error);
    expect((failed as { code?: string }).code).to.equal('ENOENT');
    database.file.location = location;
    await writes.write((file) => file.exec('DELETE FROM tree_head'));
    expect(await heads()).to.deep.equal([]);
  });

  it('share a sync, but none that began before them', async () => {
    const begun: number[] = [];
    let written = 0;
    const one = async (into: typeof writes): Promise<void> => {
      await into.write((file) => {
        written += 1;
        file.prepare('INSERT INTO tree_head VALUES (?, ?, ?)').run(`o${String(written)}`, written, '{}');
      });
    };
    const watched = new SyncedWrites(database, (descriptor, done) => {
      begun.push(written);
      fdatasync(descriptor, done);
    });
    const first = one(watched);
    while (begun.length === 0) await new Promise(setImmediate);
    await Promise.all([first, one(watched), one(watched)]);
    await watched.close();
    expect(begun).to.deep.equal([1, 3]);
  });
});
