import { openIndex } from './index-database.js';
import { eachRow } from './index-snapshot.js';
import type { IndexSnapshot } from './index-snapshot.js';

/** The columns that say which checks were made, and nothing of the ledger: in them alone an index that was rebuilt by links may differ. */
export const columnsOfChecks: Readonly<Record<string, readonly string[]>> = {
  block: ['checks'],
  head: ['linked_to'],
};

/**
 * Notes that every check was made of the blocks of an index that had been rebuilt by their links alone, up to one; in one transaction of
 * the database. To be called once all rows are equal to those of an index that was rebuilt with every check.
 */
export async function makeUp(place: string, rebuilt: IndexSnapshot, linkedTo: number): Promise<void> {
  const made = new Map<string, number[]>();
  for await (const { number, checks } of eachRow(rebuilt, 'block', ['number'])) {
    if (Number(number) > linkedTo) break;
    const blocks = made.get(String(checks)) ?? [];
    blocks.push(Number(number));
    made.set(String(checks), blocks);
  }
  const index = await openIndex(place);
  try {
    await index.rows.transaction().execute(async (step) => {
      for (const [checks, blocks] of made)
        for (const number of blocks)
          await step.updateTable('block').set({ checks }).where('number', '=', number).execute();
      await step.updateTable('head').set({ linked_to: null }).where('linked_to', '=', linkedTo).execute();
    });
  } finally {
    await index.close();
  }
}
