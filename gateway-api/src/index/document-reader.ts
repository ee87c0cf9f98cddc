import type { Kysely } from 'kysely';

import { RowList } from '../paging/row-list.js';
import type { Rows } from '../paging/row-list.js';
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
  ofShipment(ucr: string): Rows<DocumentTable> {
    return new RowList(this.#rows.selectFrom('document').selectAll().where('ucr', '=', ucr), {
      list: 'documents',
      columns: ['document'],
    });
  }

  /** Every version of a document, the first one first. */
  versions(document: string): Rows<AnchorTable> {
    return new RowList(this.#rows.selectFrom('anchor').selectAll().where('document', '=', document), {
      list: 'versions',
      columns: ['version'],
    });
  }

  /** Every version with this hash, of whatever document, in the ledger's order. */
  versionsWith(sha256: string): Rows<AnchorTable> {
    return new RowList(this.#rows.selectFrom('anchor').selectAll().where('sha256', '=', sha256), {
      list: 'checkDocument',
      columns: ['block', 'position', 'document', 'version'],
    });
  }
}
