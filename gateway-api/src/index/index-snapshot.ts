/** A row with all of its columns, in the order in which they were made: numbers, texts, bytes (Uint8Array) and null. */
export type StoredRow = Readonly<Record<string, unknown>>;

/** An index as it stood at one moment, while its gateway may write on. */
export interface IndexSnapshot {
  /**
   * Every row of a table, sorted by some columns: null, numbers, texts by their UTF-8 bytes, bytes. The rows come in batches, so that
   * whoever waits for them waits seldom; a batch is never empty.
   */
  rows(table: string, order: readonly string[]): AsyncIterable<readonly StoredRow[]>;
  close(): Promise<void>;
}

/** The same rows, one after another. */
export async function* eachRow(
  snapshot: IndexSnapshot,
  table: string,
  order: readonly string[],
): AsyncGenerator<StoredRow, void> {
  for await (const batch of snapshot.rows(table, order)) yield* batch;
}
