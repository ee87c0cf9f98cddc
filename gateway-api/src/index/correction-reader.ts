import type { Kysely } from 'kysely';

import type { CorrectionTable, IndexDatabase } from './tables/index.js';

/** What the gateway reads of error declarations from its index. */
export class CorrectionReader {
  readonly #rows: Kysely<IndexDatabase>;

  constructor(rows: Kysely<IndexDatabase>) {
    this.#rows = rows;
  }

  /** What a declaration corrects. */
  declared(statementId: string): Promise<CorrectionTable | undefined> {
    return this.#rows
      .selectFrom('correction')
      .selectAll()
      .where('statement_id', '=', statementId)
      .executeTakeFirst();
  }

  /** The declarations that a statement is in error, the oldest first. */
  of(correctedId: string): Promise<readonly CorrectionTable[]> {
    return this.#inOrder().where('corrected_id', '=', correctedId).execute();
  }

  /** The declarations that put a statement in the place of another one, the oldest first. */
  by(correctiveId: string): Promise<readonly CorrectionTable[]> {
    const naming = this.#rows
      .selectFrom('corrective')
      .select('statement_id')
      .where('corrective_id', '=', correctiveId);
    return this.#inOrder().where('statement_id', 'in', naming).execute();
  }

  /** The statements that a declaration puts in the place of the corrected one, as it names them. */
  async correctives(statementId: string): Promise<readonly string[]> {
    const rows = await this.#rows
      .selectFrom('corrective')
      .select('corrective_id')
      .where('statement_id', '=', statementId)
      .orderBy('item')
      .execute();
    return rows.map((row) => row.corrective_id);
  }

  #inOrder() {
    return this.#rows.selectFrom('correction').selectAll().orderBy('block').orderBy('position');
  }
}
