import type { Kysely } from 'kysely';

import { RowList } from '../paging/row-list.js';
import type { Rows } from '../paging/row-list.js';
import type { AcknowledgementTable, IndexDatabase, InspectionTable } from './tables/index.js';

/** An inspection and what was answered to it, as the domain's records in JSON. */
export interface AnsweredInspection {
  readonly record: string;
  readonly answer_record: string | null;
}

/** What the gateway reads of inspections from its index. */
export class InspectionReader {
  readonly #rows: Kysely<IndexDatabase>;

  constructor(rows: Kysely<IndexDatabase>) {
    this.#rows = rows;
  }

  inspection(ucr: string, number: number): Promise<InspectionTable | undefined> {
    return this.#rows
      .selectFrom('inspection')
      .selectAll()
      .where('ucr', '=', ucr)
      .where('number', '=', number)
      .executeTakeFirst();
  }

  /** Every inspection of a consignment, the oldest first. */
  ofShipment(ucr: string): Rows<InspectionTable> {
    return new RowList(this.#rows.selectFrom('inspection').selectAll().where('ucr', '=', ucr), {
      list: 'inspectionsOfShipment',
      columns: ['number'],
    });
  }

  /** What was answered to an order. */
  answer(ucr: string, inspection: number): Promise<AcknowledgementTable | undefined> {
    return this.#rows
      .selectFrom('acknowledgement')
      .selectAll()
      .where('ucr', '=', ucr)
      .where('inspection', '=', inspection)
      .executeTakeFirst();
  }

  /** Every inspection with what was answered to it; `to` is whoever was to carry it out. Up to `most` of them. */
  withAnswers(to: string | undefined, most: number): Promise<readonly AnsweredInspection[]> {
    const all = this.#withAnswer()
      .select(['inspection.record', 'acknowledgement.record as answer_record'])
      .limit(most);
    return (to === undefined ? all : all.where('inspection.to_party', '=', to)).execute();
  }

  /** When the next open inspection of a consignment is due. */
  async due(ucr: string): Promise<string | undefined> {
    const row = await this.#open()
      .select('inspection.deadline')
      .where('inspection.ucr', '=', ucr)
      .orderBy('inspection.deadline')
      .limit(1)
      .executeTakeFirst();
    return row?.deadline;
  }

  /** Inspections that are neither disposed of nor refused, by deadline; `to` is whoever is to carry them out. */
  open(to?: string): Rows<InspectionTable> {
    const open = this.#open().selectAll('inspection');
    return new RowList(to === undefined ? open : open.where('inspection.to_party', '=', to), {
      list: 'openInspections',
      columns: ['inspection.deadline', 'inspection.ucr', 'inspection.number'],
    });
  }

  #withAnswer() {
    return this.#rows
      .selectFrom('inspection')
      .leftJoin('acknowledgement', (join) =>
        join
          .onRef('acknowledgement.ucr', '=', 'inspection.ucr')
          .onRef('acknowledgement.inspection', '=', 'inspection.number'),
      );
  }

  #open() {
    return this.#withAnswer()
      .where('inspection.open', '=', 1)
      .where((e) =>
        e.or([e('acknowledgement.answer', 'is', null), e('acknowledgement.answer', '=', 'acknowledged')]),
      );
  }
}
