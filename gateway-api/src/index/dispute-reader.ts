import type { Kysely } from 'kysely';

import { RowList } from '../paging/row-list.js';
import type { Rows } from '../paging/row-list.js';
import type { DisputeTable, EventTable, IndexDatabase, RulingTable } from './tables/index.js';

/** What names a dispute. */
type DisputeRef = Pick<DisputeTable, 'ucr' | 'disputant' | 'dispute'>;

/** What the gateway reads of disputes from its index. */
export class DisputeReader {
  readonly #rows: Kysely<IndexDatabase>;

  constructor(rows: Kysely<IndexDatabase>) {
    this.#rows = rows;
  }

  dispute({ ucr, disputant, dispute }: DisputeRef): Promise<DisputeTable | undefined> {
    return this.#rows
      .selectFrom('dispute')
      .selectAll()
      .where('ucr', '=', ucr)
      .where('disputant', '=', disputant)
      .where('dispute', '=', dispute)
      .executeTakeFirst();
  }

  /** Customs' word on a dispute. */
  ruling({ ucr, disputant, dispute }: DisputeRef): Promise<RulingTable | undefined> {
    return this.#rows
      .selectFrom('ruling')
      .selectAll()
      .where('ucr', '=', ucr)
      .where('disputant', '=', disputant)
      .where('dispute', '=', dispute)
      .executeTakeFirst();
  }

  /** The disputes on a shipment, by disputant. */
  ofShipment(ucr: string): Rows<DisputeTable> {
    return new RowList(this.#rows.selectFrom('dispute').selectAll().where('ucr', '=', ucr), {
      list: 'disputes',
      columns: ['disputant', 'dispute'],
    });
  }

  /**
   * The disputes on one event of a shipment: of a statement by its id, of an act by the transaction that carried it out. A
   * statement that is looked at for no shipment in particular has those of every one.
   */
  ofEvent(
    event: Pick<EventTable, 'ucr' | 'statement_id' | 'transaction_id'>,
  ): Promise<readonly DisputeTable[]> {
    const { ucr, statement_id, transaction_id } = event;
    const disputes = this.#rows
      .selectFrom('dispute')
      .selectAll('dispute')
      .$if(ucr !== '', (of) => of.where('dispute.ucr', '=', ucr))
      .orderBy('dispute.disputant')
      .orderBy('dispute.dispute');
    if (statement_id !== null) return disputes.where('dispute.statement_id', '=', statement_id).execute();
    return disputes
      .innerJoin('request', (join) =>
        join
          .onRef('request.who', '=', 'dispute.act_by')
          .onRef('request.request_id', '=', 'dispute.act_request'),
      )
      .where('request.transaction_id', '=', transaction_id)
      .execute();
  }
}
