import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { expect } from 'chai';

import { validPut } from '../definition/transaction-fixture.js';
import { CHAINCODE } from '../organizations.js';
import { LedgerStage } from '../testing/ledger-stage.js';

describe('EmbeddedLedger, opened again', function () {
  this.timeout(20_000);
  let stage: LedgerStage;

  beforeEach(async () => {
    stage = await LedgerStage.open();
  });
  afterEach(() => stage.close());

  it('goes on where it stopped', async () => {
    await stage.append(validPut(stage.organizations, { a: 'one' }).envelope);
    const hash = stage.ledger.commitHash(3);
    await stage.reopen();
    expect(stage.ledger.height()).to.equal(4);
    expect(stage.ledger.commitHash(3)).to.deep.equal(hash);
    await stage.append(validPut(stage.organizations, { b: 'two' }).envelope);
    expect([stage.value('a'), stage.value('b')]).to.deep.equal(['one', 'two']);
  });

  it('builds the same state again from the blocks alone', async () => {
    for (let i = 0; i < 5; i++)
      await stage.append(validPut(stage.organizations, { [`k${i}`]: String(i), shared: String(i) }).envelope);
    const dump = (): unknown[] => [
      ...stage.ledger.state.range(CHAINCODE, '', ''),
      ...stage.ledger.state.range('_lifecycle', '', ''),
    ];
    const before = {
      state: dump(),
      hash: stage.ledger.commitHash(7),
      history: stage.ledger.history(CHAINCODE, 'shared'),
    };
    await stage.reopen(() => stage.removeState());
    expect({
      state: dump(),
      hash: stage.ledger.commitHash(7),
      history: stage.ledger.history(CHAINCODE, 'shared'),
    }).to.deep.equal(before);
  });

  it('builds the state again when its file is of another format or no database', async () => {
    await stage.append(validPut(stage.organizations, { a: 'one' }).envelope);
    await stage.reopen(() => {
      stage.removeState();
      writeFileSync(
        join(stage.folder, 'state.sqlite'),
        'this is no database, and longer than a header of SQLite. '.repeat(20),
      );
    });
    expect([stage.ledger.height(), stage.value('a')]).to.deep.equal([4, 'one']);
    await stage.reopen(() => {
      const database = new DatabaseSync(join(stage.folder, 'state.sqlite'));
      database.exec('PRAGMA user_version = 999; DELETE FROM state');
      database.close();
    });
    expect([stage.ledger.height(), stage.value('a')]).to.deep.equal([4, 'one']);
  });

  it('drops a block that was only half written, wherever the write ended', async () => {
    await stage.append(validPut(stage.organizations, { a: 'one' }).envelope);
    const whole = readFileSync(stage.blockFile());
    await stage.append(validPut(stage.organizations, { a: 'two' }).envelope);
    const written = readFileSync(stage.blockFile());
    await stage.reopen(() => {
      stage.removeState();
      writeFileSync(stage.blockFile(), whole);
    });
    for (const part of [1, 10, 1000, written.length - whole.length - 1]) {
      await stage.reopen(() =>
        appendFileSync(stage.blockFile(), written.subarray(whole.length, whole.length + part)),
      );
      expect([stage.ledger.height(), stage.value('a')], `${part} bytes written`).to.deep.equal([4, 'one']);
    }
    await stage.append(validPut(stage.organizations, { a: 'three' }).envelope);
    expect(stage.value('a')).to.equal('three');
  });

  it('applies a block that reached the block file and not the state', async () => {
    await stage.append(validPut(stage.organizations, { a: 'one' }).envelope);
    const whole = readFileSync(stage.blockFile());
    await stage.reopen(() => {
      truncateSync(stage.blockFile(), 0);
      stage.removeState();
    });
    expect(stage.ledger.height()).to.equal(1);
    const firstBlocks = readFileSync(stage.blockFile());
    await stage.reopen(() => appendFileSync(stage.blockFile(), whole.subarray(firstBlocks.length)));
    expect([stage.ledger.height(), stage.value('a')]).to.deep.equal([4, 'one']);
  });

  it('refuses a block file that was changed, and names the block', async () => {
    await stage.append(validPut(stage.organizations, { key: 'honest value' }).envelope);
    await stage.ledger.close();
    const bytes = readFileSync(stage.blockFile());
    const at = bytes.indexOf('honest value');
    bytes.write('forged value', at);
    writeFileSync(stage.blockFile(), bytes);
    stage.removeState();
    const error = await stage.open().catch((reason: unknown) => reason);
    expect(error).to.include({ code: 'LEDGER_DAMAGED' });
    expect((error as Error).message).to.contain('block 3');
    bytes.write('honest value', at);
    writeFileSync(stage.blockFile(), bytes);
    stage.ledger = await stage.open();
  });
});
