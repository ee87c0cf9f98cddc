import type { Kysely } from 'kysely';

import type { AnchorTable, DocumentTable, IndexDatabase } from './tables/index.js';

/** What the gateway reads of documents from its index. */
export class DocumentReader {
  readonly #rows: Kysely<IndexDatabase>;

  constructor(rows: Kysely<IndexDatabase>) {
    this.#rows = rows;
  }

  document(document: string): Promise<DocumentTable | undefined> {
    return this.#rows.selectFrom('document').selectAll().where('document', '=', document).executeTakeFirst();
  }

  /** The documents of a consignment, by id. */
  ofShipment(ucr: string): Promise<readonly DocumentTable[]> {
    return this.#rows.selectFrom('document').selectAll().where('ucr', '=', ucr).orderBy('document').execute();
  }

  /** Every version of a document, the first one first. */
  versions(document: string): Promise<readonly AnchorTable[]> {
    return this.#rows
      .selectFrom('anchor')
      .selectAll()
      .where('document', '=', document)
      .orderBy('version')
      .execute();
  }

  /** Every version with this hash, of whatever document, in the ledger's order. */
  versionsWith(sha256: string): Promise<readonly AnchorTable[]> {
    return this.#rows
      .selectFrom('anchor')
      .selectAll()
      .where('sha256', '=', sha256)
      .orderBy('block')
      .orderBy('position')
      .execute();
  }
}
