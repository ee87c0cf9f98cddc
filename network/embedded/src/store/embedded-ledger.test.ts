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
  type VerifiedBlock,
} from '@passage/ledger';
import { expect } from 'chai';

import { putTransaction, validPut } from '../definition/transaction-fixture.js';
import type { CommittedBlock } from '../network.js';
import { CHAINCODE, CHANNEL } from '../organizations.js';
import { LedgerStage } from '../testing/ledger-stage.js';

/** An envelope that nobody can read inside; orderers do not look there. */
const NONSENSE = encode(Envelope, { payload: Buffer.from('nonsense') });

describe('EmbeddedLedger', function () {
  this.timeout(20_000);
  let stage: LedgerStage;

  beforeEach(async () => {
    stage = await LedgerStage.open();
  });
  afterEach(() => stage.close());

  it('commits the genesis block and the chaincode definition', () => {
    expect(stage.ledger.channel).to.equal(CHANNEL);
    expect(stage.ledger.height()).to.equal(3);
    expect(stage.ledger.commitHash(0)).to.have.length(0);
    expect(stage.ledger.commitHash(1)).to.have.length(32);
  });

  it('judges transactions and applies the valid ones', async () => {
    const [customs, , , auditor] = stage.organizations;
    if (customs === undefined || auditor === undefined) throw new TypeError('four organisations are needed');
    const good = validPut(stage.organizations, { a: 'one' });
    const weak = putTransaction({
      creator: customs.admin,
      endorsers: [customs.peer, auditor.peer],
      writes: { a: 'forged' },
    });
    await stage.append(good.envelope, weak.envelope, NONSENSE);
    expect(stage.ledger.commitStatus(good.txId)).to.deep.equal({
      blockNumber: 3,
      index: 0,
      code: TxValidationCode.VALID,
    });
    expect(stage.ledger.commitStatus(weak.txId)?.code).to.equal(TxValidationCode.ENDORSEMENT_POLICY_FAILURE);
    expect(stage.value('a')).to.equal('one');
  });

  it('gives blocks out with the flags and the commit hash that it computed', async () => {
    const { txId, envelope } = validPut(stage.organizations, { a: 'one' });
    await stage.append(envelope, NONSENSE);
    const block = readBlock(stage.ledger.getBlock(3) ?? new Uint8Array(0));
    const flags = block.metadata[BlockMetadataIndex.TRANSACTIONS_FILTER];
    expect([...(flags ?? [])]).to.deep.equal([TxValidationCode.VALID, TxValidationCode.BAD_PAYLOAD]);
    const { value: hash } = decode(
      Metadata,
      block.metadata[BlockMetadataIndex.COMMIT_HASH] ?? new Uint8Array(0),
    );
    expect(hash).to.deep.equal(stage.ledger.commitHash(3));
    expect(stage.ledger.getBlockByTxId(txId)).to.deep.equal(stage.ledger.getBlock(3));
    expect(stage.ledger.getTransaction(txId)?.envelope).to.deep.equal(envelope);
    expect(stage.ledger.getBlock(4)).to.equal(undefined);
  });

  it('writes a chain that an independent reader believes, starting at the genesis hash', async () => {
    await stage.append(validPut(stage.organizations, { a: 'one' }).envelope, NONSENSE);
    await stage.append(validPut(stage.organizations, { a: 'two' }).envelope);
    const blocks = [0, 1, 2, 3, 4].map((number) =>
      readBlock(stage.ledger.getBlock(number) ?? new Uint8Array(0)),
    );
    const state = new MemoryState();
    const known = new Set<string>();
    let head: ChainHead | undefined;
    for (const block of blocks) {
      const verified: VerifiedBlock = head
        ? verifyNextBlock(head, block, state, { isKnownTransaction: (txId) => known.has(txId) })
        : startChain(block, toHex(stage.ledger.headerHash(0) ?? new Uint8Array(0)));
      expect(verified.differences).to.deep.equal([]);
      for (const { txId } of verified.verdict.transactions) known.add(txId);
      state.apply(verified.verdict.updates);
      ({ head } = verified);
    }
    expect([...state.range(CHAINCODE, '', '')]).to.deep.equal([
      ...stage.ledger.state.range(CHAINCODE, '', ''),
    ]);
  });

  it('tells listeners of a block once it can be read', async () => {
    const heard: CommittedBlock[] = [];
    const stop = stage.ledger.onCommit((block) => {
      expect(stage.ledger.height()).to.equal(block.number + 1);
      heard.push(block);
    });
    const { txId, envelope } = validPut(stage.organizations, { a: 'one' });
    await stage.append(envelope, NONSENSE);
    stop();
    await stage.append(validPut(stage.organizations, { b: 'two' }).envelope);
    expect(heard).to.have.length(1);
    expect(heard[0]?.txIds).to.deep.equal([txId, '']);
    expect(heard[0]?.bytes).to.deep.equal(stage.ledger.getBlock(3));
  });

  it('tells the history of a key with values, newest first', async () => {
    const first = validPut(stage.organizations, { a: 'one' });
    const second = validPut(stage.organizations, { a: 'two' });
    const third = validPut(stage.organizations, { a: '' });
    await stage.append(first.envelope);
    await stage.append(second.envelope, third.envelope);
    const history = stage.ledger.history(CHAINCODE, 'a');
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
    const seen = stage.ledger.withSnapshot(async () => {
      const before = stage.ledger.height();
      await done.promise;
      return [before, stage.ledger.height()];
    });
    const commit = stage.append(validPut(stage.organizations, { a: 'one' }).envelope);
    setTimeout(() => done.resolve(undefined), 30);
    expect(await seen).to.deep.equal([3, 3]);
    await commit;
    expect(stage.ledger.height()).to.equal(4);
  });

  it('refuses a second instance on the same folder', async () => {
    const error = await stage.open().catch((reason: unknown) => reason);
    expect(error).to.include({ code: 'LEDGER_LOCKED' });
  });
});
