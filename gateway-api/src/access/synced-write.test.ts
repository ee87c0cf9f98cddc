import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';

import { openOperationalDatabase } from '../submission/outbox-database.js';
import type { OperationalDatabase } from '../submission/outbox-database.js';
import { SyncedWrites } from './synced-write.js';

describe('writes that are synced aside', () => {
  let folder: string;
  let database: Kysely<OperationalDatabase>;
  let writes: SyncedWrites<OperationalDatabase>;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'passage-synced-'));
    database = await openOperationalDatabase(join(folder, 'operational.sqlite'));
    writes = new SyncedWrites(database);
  });
  afterEach(async () => {
    await writes.close();
    await database.destroy();
    rmSync(folder, { recursive: true, force: true });
  });

  const head = { organization: 'o', height: 1, signed: '{}' };
  const write = () => writes.write((one) => one.insertInto('tree_head').values(head).execute());
  const durability = async () =>
    (await sql<{ synchronous: number }>`PRAGMA synchronous`.execute(database)).rows[0]?.synchronous;

  it('are in the files when they are over', async () => {
    await write();
    const copy = join(folder, 'copy.sqlite');
    for (const end of ['', '-wal']) copyFileSync(join(folder, `operational.sqlite${end}`), copy + end);
    const again = await openOperationalDatabase(copy);
    expect(await again.selectFrom('tree_head').selectAll().execute()).to.deep.equal([head]);
    await again.destroy();
  });

  it('leave every other commit as durable as it was, also when they fail', async () => {
    expect(await durability()).to.equal(2);
    await write();
    expect(await durability()).to.equal(2);
    const twice = await write().catch((error: unknown) => error);
    expect(String(twice)).to.contain('UNIQUE');
    expect(await durability()).to.equal(2);
  });

  it('fail where the log cannot be synced', async () => {
    await write();
    await writes.close();
    rmSync(join(folder, 'operational.sqlite-wal'));
    const failed = await writes
      .write((one) => one.deleteFrom('tree_head').execute())
      .catch((error: unknown) => error);
    expect((failed as { code?: string }).code).to.equal('ENOENT');
  });
});
