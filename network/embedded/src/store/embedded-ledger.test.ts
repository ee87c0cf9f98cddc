import { appendFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { open as openFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';

import {
  BlockMetadataIndex,
  decode,
  encode,
  Envelope,
  MemoryState,
  Metadata,
  readBlock,
  startChain,
  toHex,
  TxValidationCode,
  verifyNextBlock,
  type ChainHead,
  type RawBlock,
  type VerifiedBlock,
} from '@passage/ledger';
import { expect } from 'chai';

import { putTransaction, validPut } from '../definition/transaction-fixture.js';
import { defineChaincode } from '../definition/define-chaincode.js';
import { buildGenesisBlock } from '../genesis/genesis-block.js';
import type { CommittedBlock, Organization } from '../network.js';
import { buildSignedBlock } from '../ordering/consenters.js';
import { immediateOrderer } from '../ordering/immediate-orderer-fixture.js';
import { CHAINCODE, CHANNEL } from '../organizations.js';
import { organizationsFixture, temporaryFolder } from '../pki/organizations-fixture.js';
import { EmbeddedLedger } from './embedded-ledger.js';

/** An envelope that nobody can read inside; orderers do not look there. */
const NONSENSE = encode(Envelope, { payload: Buffer.from('nonsense') });

describe('EmbeddedLedger', function () {
  this.timeout(20_000);
  let organizations: readonly Organization[];
  let genesis: RawBlock;
  let folder: string;
  let ledger: EmbeddedLedger;

  before(async () => {
    const fixture = await organizationsFixture();
    ({ organizations } = fixture);
    const input = {
      channel: CHANNEL,
      organizations,
      batchIntervalMs: 50,
      nonce: Buffer.alloc(24),
      now: fixture.now,
    };
    genesis = buildGenesisBlock(input);
  });

  beforeEach(async () => {
    folder = temporaryFolder();
    ledger = await open();
    await define();
  });
  afterEach(async () => {
    await ledger.close();
    rmSync(folder, { recursive: true });
  });

  const open = (): Promise<EmbeddedLedger> => EmbeddedLedger.open(folder, () => genesis);

  async function reopen(between: () => void = () => undefined): Promise<void> {
    await ledger.close();
    between();
    ledger = await open();
  }

  const append = (...envelopes: readonly Uint8Array[]): Promise<void> =>
    ledger.append((head) => buildSignedBlock(envelopes, head, organizations));

  /** Commits the chaincode definition: blocks 1 and 2. */
  async function define(): Promise<void> {
    const orderer = immediateOrderer(ledger, organizations);
    const now = (): Date => new Date();
    await defineChaincode({ ledger, orderer, organizations, chaincode: CHAINCODE, version: '1', now });
  }

  const blockFile = (): string => join(folder, 'blockfile_000000');
  const removeState = (): void => {
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(folder, `state.sqlite${suffix}`), { force: true });
  };
  const value = (key: string): string =>
    Buffer.from(ledger.state.get(CHAINCODE, key)?.value ?? '').toString();

  it('commits the genesis block and the chaincode definition', () => {
    expect(ledger.channel).to.equal(CHANNEL);
    expect(ledger.height()).to.equal(3);
    expect(ledger.commitHash(0)).to.have.length(0);
    expect(ledger.commitHash(1)).to.have.length(32);
  });

  it('judges transactions and applies the valid ones', async () => {
    const [customs, , , auditor] = organizations;
    if (customs === undefined || auditor === undefined) throw new TypeError('four organisations are needed');
    const good = validPut(organizations, { a: 'one' });
    const weak = putTransaction({
      creator: customs.admin,
      endorsers: [customs.peer, auditor.peer],
      writes: { a: 'forged' },
    });
    await append(good.envelope, weak.envelope, NONSENSE);
    expect(ledger.commitStatus(good.txId)).to.deep.equal({
      blockNumber: 3,
      index: 0,
      code: TxValidationCode.VALID,
    });
    expect(ledger.commitStatus(weak.txId)?.code).to.equal(TxValidationCode.ENDORSEMENT_POLICY_FAILURE);
    expect(value('a')).to.equal('one');
  });

  it('gives blocks out with the flags and the commit hash that it computed', async () => {
    const { txId, envelope } = validPut(organizations, { a: 'one' });
    await append(envelope, NONSENSE);
    const block = readBlock(ledger.getBlock(3) ?? new Uint8Array(0));
    const flags = block.metadata[BlockMetadataIndex.TRANSACTIONS_FILTER];
    expect([...(flags ?? [])]).to.deep.equal([TxValidationCode.VALID, TxValidationCode.BAD_PAYLOAD]);
    const { value: hash } = decode(
      Metadata,
      block.metadata[BlockMetadataIndex.COMMIT_HASH] ?? new Uint8Array(0),
    );
    expect(hash).to.deep.equal(ledger.commitHash(3));
    expect(ledger.getBlockByTxId(txId)).to.deep.equal(ledger.getBlock(3));
    expect(ledger.getTransaction(txId)?.envelope).to.deep.equal(envelope);
    expect(ledger.getBlock(4)).to.equal(undefined);
  });

  it('writes a chain that an independent reader believes, starting at the genesis hash', async () => {
    await append(validPut(organizations, { a: 'one' }).envelope, NONSENSE);
    await append(validPut(organizations, { a: 'two' }).envelope);
    const blocks = [0, 1, 2, 3, 4].map((number) => readBlock(ledger.getBlock(number) ?? new Uint8Array(0)));
    const state = new MemoryState();
    const known = new Set<string>();
    let head: ChainHead | undefined;
    for (const block of blocks) {
      const verified: VerifiedBlock = head
        ? verifyNextBlock(head, block, state, { isKnownTransaction: (txId) => known.has(txId) })
        : startChain(block, toHex(ledger.headerHash(0) ?? new Uint8Array(0)));
      expect(verified.differences).to.deep.equal([]);
      for (const { txId } of verified.verdict.transactions) known.add(txId);
      state.apply(verified.verdict.updates);
      ({ head } = verified);
    }
    expect([...state.range(CHAINCODE, '', '')]).to.deep.equal([...ledger.state.range(CHAINCODE, '', '')]);
  });

  it('tells listeners of a block once it can be read', async () => {
    const heard: CommittedBlock[] = [];
    const stop = ledger.onCommit((block) => {
      expect(ledger.height()).to.equal(block.number + 1);
      heard.push(block);
    });
    const { txId, envelope } = validPut(organizations, { a: 'one' });
    await append(envelope, NONSENSE);
    stop();
    await append(validPut(organizations, { b: 'two' }).envelope);
    expect(heard).to.have.length(1);
    expect(heard[0]?.txIds).to.deep.equal([txId, '']);
    expect(heard[0]?.bytes).to.deep.equal(ledger.getBlock(3));
  });

  it('tells the history of a key with values, newest first', async () => {
    const first = validPut(organizations, { a: 'one' });
    const second = validPut(organizations, { a: 'two' });
    const third = validPut(organizations, { a: '' });
    await append(first.envelope);
    await append(second.envelope, third.envelope);
    const history = ledger.history(CHAINCODE, 'a');
    expect(
      history.map(({ txId, isDelete, value: bytes }) => [txId, isDelete, Buffer.from(bytes).toString()]),
    ).to.deep.equal([
      [third.txId, true, ''],
      [second.txId, false, 'two'],
      [first.txId, false, 'one'],
    ]);
  });

  it('holds commits while a snapshot is looked at', async () => {
    const done = Promise.withResolvers<undefined>();
    const seen = ledger.withSnapshot(async () => {
      const before = ledger.height();
      await done.promise;
      return [before, ledger.height()];
    });
    const commit = append(validPut(organizations, { a: 'one' }).envelope);
    setTimeout(() => done.resolve(undefined), 30);
    expect(await seen).to.deep.equal([3, 3]);
    await commit;
    expect(ledger.height()).to.equal(4);
  });

  it('goes on where it stopped', async () => {
    await append(validPut(organizations, { a: 'one' }).envelope);
    const hash = ledger.commitHash(3);
    await reopen();
    expect(ledger.height()).to.equal(4);
    expect(ledger.commitHash(3)).to.deep.equal(hash);
    await append(validPut(organizations, { b: 'two' }).envelope);
    expect([value('a'), value('b')]).to.deep.equal(['one', 'two']);
  });

  it('builds the same state again from the blocks alone', async () => {
    for (let i = 0; i < 5; i++)
      await append(validPut(organizations, { [`k${i}`]: String(i), shared: String(i) }).envelope);
    const dump = (): unknown[] => [
      ...ledger.state.range(CHAINCODE, '', ''),
      ...ledger.state.range('_lifecycle', '', ''),
    ];
    const before = {
      state: dump(),
      hash: ledger.commitHash(7),
      history: ledger.history(CHAINCODE, 'shared'),
    };
    await reopen(removeState);
    expect({
      state: dump(),
      hash: ledger.commitHash(7),
      history: ledger.history(CHAINCODE, 'shared'),
    }).to.deep.equal(before);
  });

  it('builds the state again when its file is of another format or no database', async () => {
    await append(validPut(organizations, { a: 'one' }).envelope);
    await reopen(() => {
      removeState();
      writeFileSync(
        join(folder, 'state.sqlite'),
        'this is no database, and longer than a header of SQLite. '.repeat(20),
      );
    });
    expect([ledger.height(), value('a')]).to.deep.equal([4, 'one']);
    await reopen(() => {
      const database = new DatabaseSync(join(folder, 'state.sqlite'));
      database.exec('PRAGMA user_version = 999; DELETE FROM state');
      database.close();
    });
    expect([ledger.height(), value('a')]).to.deep.equal([4, 'one']);
  });

  it('drops a block that was only half written, wherever the write ended', async () => {
    await append(validPut(organizations, { a: 'one' }).envelope);
    const whole = readFileSync(blockFile());
    await append(validPut(organizations, { a: 'two' }).envelope);
    const written = readFileSync(blockFile());
    await reopen(() => {
      removeState();
      writeFileSync(blockFile(), whole);
    });
    for (const part of [1, 10, 1000, written.length - whole.length - 1]) {
      await reopen(() => appendFileSync(blockFile(), written.subarray(whole.length, whole.length + part)));
      expect([ledger.height(), value('a')], `${part} bytes written`).to.deep.equal([4, 'one']);
    }
    await append(validPut(organizations, { a: 'three' }).envelope);
    expect(value('a')).to.equal('three');
  });

  it('applies a block that reached the block file and not the state', async () => {
    await append(validPut(organizations, { a: 'one' }).envelope);
    const whole = readFileSync(blockFile());
    await reopen(() => {
      truncateSync(blockFile(), 0);
      removeState();
    });
    expect(ledger.height()).to.equal(1);
    const firstBlocks = readFileSync(blockFile());
    await reopen(() => appendFileSync(blockFile(), whole.subarray(firstBlocks.length)));
    expect([ledger.height(), value('a')]).to.deep.equal([4, 'one']);
  });

  it('refuses a block file that was changed, and names the block', async () => {
    await append(validPut(organizations, { key: 'honest value' }).envelope);
    await ledger.close();
    const bytes = readFileSync(blockFile());
    const at = bytes.indexOf('honest value');
    bytes.write('forged value', at);
    writeFileSync(blockFile(), bytes);
    removeState();
    const error = await open().catch((reason: unknown) => reason);
    expect(error).to.include({ code: 'LEDGER_DAMAGED' });
    expect((error as Error).message).to.contain('block 3');
    bytes.write('honest value', at);
    writeFileSync(blockFile(), bytes);
    ledger = await open();
  });

  it('changes nothing when the disk is full in the middle of a block, and goes on when there is room', async () => {
    const before = readFileSync(blockFile());
    const { txId, envelope } = validPut(organizations, { a: 'one' });
    const { undo, attempts } = await fillDiskWhileWriting();
    const error = await append(envelope).catch((reason: unknown) => reason);
    undo();
    expect(attempts()).to.equal(2);
    expect(error).to.include({ code: 'STORAGE_FULL' });
    expect([ledger.height(), ledger.commitStatus(txId), value('a')]).to.deep.equal([3, undefined, '']);
    await append(envelope);
    expect([ledger.height(), ledger.commitStatus(txId)?.code, value('a')]).to.deep.equal([4, 0, 'one']);
    expect(readFileSync(blockFile()).subarray(0, before.length)).to.deep.equal(before);
    await reopen(removeState);
    expect([ledger.height(), value('a')]).to.deep.equal([4, 'one']);
  });

  it('changes nothing when the disk is full between block file and state, and commits the block once', async () => {
    const { txId, envelope } = validPut(organizations, { a: 'one' });
    const undo = fillDiskAtCommit();
    const error = await append(envelope).catch((reason: unknown) => reason);
    undo();
    expect(error).to.include({ code: 'STORAGE_FULL' });
    expect([ledger.height(), ledger.commitStatus(txId), value('a')]).to.deep.equal([3, undefined, '']);
    await append(envelope);
    expect([ledger.height(), ledger.commitStatus(txId)?.code, value('a')]).to.deep.equal([4, 0, 'one']);
    await reopen(removeState);
    expect([ledger.height(), value('a')]).to.deep.equal([4, 'one']);
  });

  it('refuses a second instance on the same folder', async () => {
    const error = await open().catch((reason: unknown) => reason);
    expect(error).to.include({ code: 'LEDGER_LOCKED' });
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
