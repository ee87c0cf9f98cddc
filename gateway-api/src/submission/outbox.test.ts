import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { Refusal } from '../errors.js';
import { openOperationalDatabase } from './outbox-database.js';
import { Outbox } from './outbox.js';

const who = { party: 'P', role: 'carrier' };
const statement = (n: number) => ({ statementId: `s${String(n)}`, jws: `jws ${String(n)}` });

describe('Outbox', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'passage-outbox-'));
    path = join(folder, 'operational.sqlite');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives back after a restart what it had taken, in order, with the bytes of open transactions', async () => {
    const first = await openOperationalDatabase(path);
    const outbox = new Outbox(first);
    await outbox.accept(who, [statement(1), statement(2), statement(3)], 'now');
    const transaction = { transactionId: 't', prepared: Buffer.from([1, 2]), signature: Buffer.from([3]) };
    await outbox.open(who, transaction, ['s2']);
    await outbox.refuse('s3', 'KEY_UNKNOWN', 'who is it');
    await first.destroy();

    const second = await openOperationalDatabase(path);
    const again = new Outbox(second);
    expect((await again.waiting()).map((s) => s.statementId)).to.deep.equal(['s1']);
    const [open] = await again.openTransactions();
    expect(open?.statements).to.deep.equal([statement(2)]);
    expect(Buffer.from(open?.transaction.prepared ?? [])).to.deep.equal(transaction.prepared);
    expect(await again.status('s3')).to.deep.equal({
      party: 'P',
      status: 'refused',
      code: 'KEY_UNKNOWN',
      message: 'who is it',
    });
    expect(await again.depth()).to.equal(2);
    await second.destroy();
  });

  it('lets what a dead transaction carried wait again, but not what has left meanwhile', async () => {
    const database = await openOperationalDatabase(path);
    const outbox = new Outbox(database);
    await outbox.accept(who, [statement(1), statement(2)], 'now');
    await outbox.open(who, { transactionId: 't', prepared: Buffer.of(1), signature: Buffer.of(2) }, [
      's1',
      's2',
    ]);
    await outbox.settle(['s1']);
    await outbox.close('t');
    expect((await outbox.waiting()).map((s) => s.statementId)).to.deep.equal(['s2']);
    expect(await outbox.openTransactions()).to.deep.equal([]);
    await database.destroy();
  });

  it('takes a refused statement anew when it is sent again', async () => {
    const database = await openOperationalDatabase(path);
    const outbox = new Outbox(database);
    await outbox.accept(who, [statement(1)], 'now');
    await outbox.refuse('s1', 'KEY_UNKNOWN', 'not yet');
    expect(await outbox.accept(who, [statement(1)], 'later')).to.deep.equal([statement(1)]);
    expect(await outbox.status('s1')).to.include({ status: 'waiting' });
    await database.destroy();
  });

  it('belongs to one gateway at a time', async () => {
    const first = await openOperationalDatabase(path);
    const second = await openOperationalDatabase(path).catch((error: unknown) => error);
    expect(second).to.be.instanceOf(Refusal).with.property('code', 'FOLDER_IN_USE');
    await first.destroy();
    await (await openOperationalDatabase(path)).destroy();
  });
});
