import type { Migration } from '../index/migrate.js';

/** One row: what is left of the quotas that are not full, JSON as `KeptBucket`. */
export interface QuotaTable {
  id: number;
  buckets: string;
}

export const quotaMigration: Migration = {
  name: 'quotas',
  statements: ['CREATE TABLE quota (id INTEGER PRIMARY KEY, buckets TEXT NOT NULL) STRICT'],
};
