import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { DUPLICATE_TXID, VALID } from '../submission/commits.js';
import { openIndex } from './index-database.js';
import type { OpenIndex } from './index-database.js';
import { IndexReader } from './reader.js';
import { emptyRows, writeRows } from './rows.js';
import { SqliteState } from './sqlite-state.js';
import type { TransactionTable } from './tables.js';

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
});

describe('IndexReader', () => {
  let folder: string;
  let index: OpenIndex;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'passage-reader-'));
    index = await openIndex(join(folder, 'index.sqlite'));
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
    await index.rows.transaction().execute((step) => writeRows(step, rows));
    const reader = new IndexReader(index.rows);
    expect(await reader.commit('a')).to.include({ block: 2, code: VALID });
    expect(await reader.commit('b')).to.include({ block: 3, code: 11 });
    expect(await reader.commit('c')).to.equal(undefined);
  });

  it('writes more rows than fit into one statement, the last of each key', async () => {
    const rows = emptyRows();
    for (let i = 0; i < 10_000; i++) rows.transaction.push(transaction(`t${String(i)}`, i, 0));
    rows.transaction.push(transaction('again', 5, 0));
    await index.rows.transaction().execute((step) => writeRows(step, rows));
    const reader = new IndexReader(index.rows);
    expect(await reader.transaction({ block: 5, position: 0 })).to.include({ transaction_id: 'again' });
    expect(await reader.transaction({ block: 9_999, position: 0 })).to.include({ transaction_id: 't9999' });
  });
});

describe('SqliteState', () => {
  it('orders keys by their bytes, keeps versions and metadata, and forgets what is deleted', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'passage-state-'));
    const index = await openIndex(join(folder, 'index.sqlite'));
    const state = new SqliteState(index.raw);
    const version = { block: 1, tx: 2 };
    // In UTF-16 the surrogates of U+1F600 come before U+FF5E; in bytes they come after.
    const keys = ['', '\u{feff}bom', '\u{ff5e}', '\u{1f600}', 'a', 'b'];
    state.apply(
      keys.map((key) => ({ namespace: 'n', key, version, value: Buffer.from(key), metadata: Buffer.of(7) })),
    );
    state.apply([{ namespace: 'n', key: 'b', version: { block: 2, tx: 0 } }]);
    const sorted = ['', 'a', '\u{feff}bom', '\u{ff5e}', '\u{1f600}'];
    expect([...state.range('n', '', '')].map(([key]) => key)).to.deep.equal(sorted);
    expect([...state.range('n', 'a', '\u{ff5e}')].map(([key]) => key)).to.deep.equal(['a', '\u{feff}bom']);
    expect(state.get('n', 'a')).to.deep.include({ version });
    expect(Buffer.from(state.get('n', 'a')?.metadata ?? [])).to.deep.equal(Buffer.of(7));
    expect(state.get('n', 'b')).to.equal(undefined);
    expect(state.get('other', 'a')).to.equal(undefined);
    await index.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
