/** Where a row comes from: the columns that every row of the ledger's has. */
export const ORIGIN = 'block INTEGER NOT NULL, position INTEGER NOT NULL, transaction_id TEXT NOT NULL';
