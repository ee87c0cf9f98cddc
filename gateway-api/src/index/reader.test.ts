import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { DUPLICATE_TXID, VALID } from '../submission/commits.js';
import { openIndex } from './index-database.js';
import type { OpenIndex } from './open-index.js';
import { IndexReader } from './reader.js';
import { emptyRows } from './rows.js';
import type { StatementTable, TransactionTable } from './tables/index.js';
import { placeOfIndex } from '../testing/test-index.js';

const transaction = (transaction_id: string, block: number, code: number): TransactionTable => ({
  transaction_id,
  block,
  position: 0,
  code,
  timestamp: null,
  msp_id: null,
  party: null,
  role: null,
  key_held_by: null,
  command: null,
  on_behalf_of: null,
});

describe('IndexReader', () => {
  let folder: string;
  let index: OpenIndex;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'passage-reader-'));
    index = await openIndex(await placeOfIndex(folder));
  });
  afterEach(async () => {
    await index.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('finds where a transaction ended, not where its twin was refused', async () => {
    const rows = emptyRows();
    rows.transaction.push(
      transaction('a', 1, DUPLICATE_TXID),
      transaction('a', 2, VALID),
      transaction('b', 3, 11),
    );
    index.writer.write(rows);
    const reader = new IndexReader(index.rows);
    expect(await reader.chain.commit('a')).to.include({ block: 2, code: VALID });
    expect(await reader.chain.commit('b')).to.include({ block: 3, code: 11 });
    expect(await reader.chain.commit('c')).to.equal(undefined);
  });

  it('writes more rows than fit into one statement, the last of each key', async () => {
    const rows = emptyRows();
    for (let i = 0; i < 10_000; i++) rows.transaction.push(transaction(`t${String(i)}`, i, 0));
    rows.transaction.push(transaction('again', 5, 0));
    index.writer.write(rows);
    const reader = new IndexReader(index.rows);
    expect(await reader.chain.transaction({ block: 5, position: 0 })).to.include({ transaction_id: 'again' });
    expect(await reader.chain.transaction({ block: 9_999, position: 0 })).to.include({
      transaction_id: 't9999',
    });
  });

  it('keeps what was recorded first, also under a number that somebody else takes', async () => {
    const statement = (statement_id: string, block: number): StatementTable => ({
      ...{ statement_id, kid: 'k', seq: 1, item: 0, jws: '', signature_holds: 1, late: 0, recorded_at: '' },
      ...{ event_type: '', action: '', event_time: '', biz_step: null, disposition: null, read_point: null },
      ...{ biz_location: null, event_id: null, declares_error: 0 },
      ...{ block, position: 0, transaction_id: `t${String(block)}` },
    });
    for (const [block, id] of ['a', 'a', 'b'].entries()) {
      const rows = emptyRows();
      rows.statement.push(statement(id, block));
      index.writer.write(rows);
    }
    const reader = new IndexReader(index.rows);
    expect(await reader.statements.statement('a')).to.include({ block: 0 });
    expect(await reader.statements.recorded(['a', 'b'])).to.deep.equal(['a']);
  });
});
