import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { openOperational } from '../submission/outbox-database.js';
import type { OperationalDatabase } from '../submission/outbox-database.js';
import type { DurableDatabase } from './soon-synced.js';
import { SoonSyncedWrites } from './soon-synced.js';

describe('writes that are synced soon', () => {
  let folder: string;
  let database: DurableDatabase<OperationalDatabase>;
  let writes: SoonSyncedWrites<OperationalDatabase>;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'passage-synced-'));
    database = await openOperational(join(folder, 'operational.sqlite'));
    writes = new SoonSyncedWrites(database);
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

  it('tell the next one, once, that the disk did not take the last', async () => {
    await write();
    rmSync(join(folder, 'operational.sqlite-wal'));
    const failed = await writes.close().catch((error: unknown) => error);
    expect((failed as { code?: string }).code).to.equal('ENOENT');
    await writes.close();
  });
});
