import { readFileSync } from 'node:fs';
import { open as openFile, type FileHandle } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';

import { expect } from 'chai';

import { validPut } from '../definition/transaction-fixture.js';
import { LedgerStage } from '../testing/ledger-stage.js';

describe('EmbeddedLedger, on a full disk', function () {
  this.timeout(20_000);
  let stage: LedgerStage;

  beforeEach(async () => {
    stage = await LedgerStage.open();
  });
  afterEach(() => stage.close());

  it('changes nothing when the disk is full in the middle of a block, and goes on when there is room', async () => {
    const before = readFileSync(stage.blockFile());
    const { txId, envelope } = validPut(stage.organizations, { a: 'one' });
    const { undo, attempts } = await fillDiskWhileWriting();
    const error = await stage.append(envelope).catch((reason: unknown) => reason);
    undo();
    expect(attempts()).to.equal(2);
    expect(error).to.include({ code: 'STORAGE_FULL' });
    expect([stage.ledger.height(), stage.ledger.commitStatus(txId), stage.value('a')]).to.deep.equal([
      3,
      undefined,
      '',
    ]);
    await stage.append(envelope);
    expect([stage.ledger.height(), stage.ledger.commitStatus(txId)?.code, stage.value('a')]).to.deep.equal([
      4,
      0,
      'one',
    ]);
    expect(readFileSync(stage.blockFile()).subarray(0, before.length)).to.deep.equal(before);
    await stage.reopen(() => stage.removeState());
    expect([stage.ledger.height(), stage.value('a')]).to.deep.equal([4, 'one']);
  });

  it('changes nothing when the disk is full between block file and state, and commits the block once', async () => {
    const { txId, envelope } = validPut(stage.organizations, { a: 'one' });
    const undo = fillDiskAtCommit();
    const error = await stage.append(envelope).catch((reason: unknown) => reason);
    undo();
    expect(error).to.include({ code: 'STORAGE_FULL' });
    expect([stage.ledger.height(), stage.ledger.commitStatus(txId), stage.value('a')]).to.deep.equal([
      3,
      undefined,
      '',
    ]);
    await stage.append(envelope);
    expect([stage.ledger.height(), stage.ledger.commitStatus(txId)?.code, stage.value('a')]).to.deep.equal([
      4,
      0,
      'one',
    ]);
    await stage.reopen(() => stage.removeState());
    expect([stage.ledger.height(), stage.value('a')]).to.deep.equal([4, 'one']);
  });
});

/** Lets every write to a file put half of its bytes there and then fail as on a full disk. */
async function fillDiskWhileWriting(): Promise<{ undo: () => void; attempts: () => number }> {
  const probe = await openFile(fileURLToPath(import.meta.url));
  const prototype = Object.getPrototypeOf(probe) as FileHandle;
  await probe.close();
  const honest = Reflect.get<FileHandle, 'write'>(prototype, 'write');
  let count = 0;
  prototype.write = function (
    this: FileHandle,
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): unknown {
    count++;
    if (count > 1)
      return Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
    return Reflect.apply(honest, this, [bytes, offset, Math.ceil(length / 2), position]);
  } as typeof prototype.write;
  const undo = (): void => {
    prototype.write = honest;
  };
  return { undo, attempts: () => count };
}

/** Lets SQLite fail at its next commit as on a full disk. */
function fillDiskAtCommit(): () => void {
  const honest = Reflect.get<DatabaseSync, 'exec'>(DatabaseSync.prototype, 'exec');
  DatabaseSync.prototype.exec = function (sql) {
    if (sql === 'COMMIT') throw Object.assign(new Error('database or disk is full'), { errcode: 13 });
    honest.call(this, sql);
  };
  return () => {
    DatabaseSync.prototype.exec = honest;
  };
}
