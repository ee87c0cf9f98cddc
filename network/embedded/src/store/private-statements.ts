import type { DatabaseSync, StatementSync } from 'node:sqlite';

const SQL = {
  keep: 'INSERT OR IGNORE INTO transient (tx_id, organization, namespace, hash, rwset, height) VALUES (?, ?, ?, ?, ?, ?)',
  kept: 'SELECT rwset FROM transient WHERE tx_id = ? AND organization = ? AND namespace = ? AND hash = ?',
  forget: 'DELETE FROM transient WHERE tx_id = ?',
  forgetOld: 'DELETE FROM transient WHERE height < ?',
  get: 'SELECT value, block, tx FROM state WHERE organization = ? AND namespace = ? AND key = ?',
  getRange: `SELECT key, value, block, tx FROM state
             WHERE organization = ? AND namespace = ? AND key >= ? AND (? = 0 OR key < ?) ORDER BY key LIMIT ?`,
  holders: 'SELECT organization, key, value FROM state WHERE namespace = ? AND key_hash = ?',
  put: `INSERT OR REPLACE INTO state (organization, namespace, key, key_hash, value, block, tx)
        VALUES (?, ?, ?, ?, ?, ?, ?)`,
  remove: 'DELETE FROM state WHERE namespace = ? AND key_hash = ?',
  addWrite: `INSERT OR REPLACE INTO writes
             (organization, block, tx, namespace, key, key_hash, value, only_metadata, expires)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  writesOf: `SELECT tx, namespace, key, value, only_metadata FROM writes
             WHERE organization = ? AND block = ? ORDER BY tx, namespace, key`,
  purge: 'DELETE FROM writes WHERE namespace = ? AND key_hash = ? AND (block < ? OR (block = ? AND tx < ?))',
  expire: 'DELETE FROM writes WHERE expires <= ?',
  addMissing: 'INSERT OR IGNORE INTO missing (organization, block, tx, namespace) VALUES (?, ?, ?, ?)',
  missing: 'SELECT tx, namespace FROM missing WHERE organization = ? AND block = ? ORDER BY tx, namespace',
  progress: 'SELECT block FROM progress',
  setProgress: 'UPDATE progress SET block = ?',
} as const;

export type PrivateStatements = Readonly<Record<keyof typeof SQL, StatementSync>>;

export function preparePrivateStatements(database: DatabaseSync): PrivateStatements {
  const prepared = Object.entries(SQL).map(([name, sql]) => [name, database.prepare(sql)]);
  return Object.fromEntries(prepared) as PrivateStatements;
}
