import type { Kysely } from 'kysely';

import { RowList } from '../paging/row-list.js';
import type { Rows } from '../paging/row-list.js';
import type {
  CertificateTable,
  DrawdownTable,
  HistoryTable,
  IndexDatabase,
  LotTable,
  TransformationTable,
} from './tables/index.js';

/** What the gateway reads of lots and certificates of origin from its index. */
export class OriginReader {
  readonly #rows: Kysely<IndexDatabase>;

  constructor(rows: Kysely<IndexDatabase>) {
    this.#rows = rows;
  }

  lot(lot: string): Promise<LotTable | undefined> {
    return this.#rows.selectFrom('lot').selectAll().where('lot', '=', lot).executeTakeFirst();
  }

  /** Those of some lots that are there. */
  lots(ids: readonly string[]): Promise<readonly LotTable[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.#rows.selectFrom('lot').selectAll().where('lot', 'in', ids).orderBy('lot').execute();
  }

  /** Those of some transformations that are there. */
  transformations(ids: readonly string[]): Promise<readonly TransformationTable[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.#rows
      .selectFrom('transformation')
      .selectAll()
      .where('transformation', 'in', ids)
      .orderBy('transformation')
      .execute();
  }

  certificate(certificate: string): Promise<CertificateTable | undefined> {
    return this.#rows
      .selectFrom('certificate')
      .selectAll()
      .where('certificate', '=', certificate)
      .executeTakeFirst();
  }

  /** The certificates that were issued for some lots, by id. */
  certificatesOf(lots: readonly string[]): Promise<readonly CertificateTable[]> {
    if (lots.length === 0) return Promise.resolve([]);
    return this.#rows
      .selectFrom('certificate')
      .selectAll()
      .where('lot', 'in', lots)
      .orderBy('certificate')
      .execute();
  }

  /** The certificates that were issued for a lot, by id. */
  certificatesFor(lot: string): Rows<CertificateTable> {
    return new RowList(this.#rows.selectFrom('certificate').selectAll().where('lot', '=', lot), {
      list: 'certificates',
      columns: ['certificate'],
    });
  }

  drawdown(lot: string, number: number): Promise<DrawdownTable | undefined> {
    return this.#rows
      .selectFrom('drawdown')
      .selectAll()
      .where('lot', '=', lot)
      .where('number', '=', number)
      .executeTakeFirst();
  }

  /** What was shipped of a lot, the oldest first. */
  drawdownsOf(lot: string): Rows<DrawdownTable> {
    return new RowList(this.#rows.selectFrom('drawdown').selectAll().where('lot', '=', lot), {
      list: 'drawdownsOfLot',
      columns: ['number'],
    });
  }

  /** What went with a consignment, by lot. */
  drawdownsFor(ucr: string): Rows<DrawdownTable> {
    return new RowList(this.#rows.selectFrom('drawdown').selectAll().where('ucr', '=', ucr), {
      list: 'drawdowns',
      columns: ['lot', 'number'],
    });
  }

  /** The transactions that first wrote some lots and certificates, by key. */
  async firstEvents(keys: readonly string[]): Promise<readonly HistoryTable[]> {
    const found = keys.map((key) =>
      this.#rows
        .selectFrom('history')
        .selectAll()
        .where('key', '=', key)
        .orderBy('block')
        .orderBy('position')
        .limit(1)
        .executeTakeFirst(),
    );
    return (await Promise.all(found)).flatMap((row) => row ?? []);
  }

  /** The ids of statements, by key and number; those that are not there are left out. */
  async statementIds(
    refs: readonly { readonly kid: string; readonly seq: number }[],
  ): Promise<readonly string[]> {
    const found = refs.map(({ kid, seq }) =>
      this.#rows
        .selectFrom('statement')
        .select('statement_id')
        .where('kid', '=', kid)
        .where('seq', '=', seq)
        .executeTakeFirst(),
    );
    return (await Promise.all(found)).flatMap((row) => (row ? [row.statement_id] : []));
  }
}
