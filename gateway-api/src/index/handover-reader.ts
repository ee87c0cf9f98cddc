import type { Kysely } from 'kysely';

import { RowList } from '../paging/row-list.js';
import type { Rows } from '../paging/row-list.js';
import type { HandoverTable, IndexDatabase, PickupTable, WitnessTable } from './tables/index.js';

/** Reads how goods changed hands. */
export class HandoverReader {
  readonly #rows: Kysely<IndexDatabase>;

  constructor(rows: Kysely<IndexDatabase>) {
    this.#rows = rows;
  }

  /** A handover by its number. */
  handover(ucr: string, number: number): Promise<HandoverTable | undefined> {
    return this.#rows
      .selectFrom('handover')
      .selectAll()
      .where('ucr', '=', ucr)
      .where('number', '=', number)
      .executeTakeFirst();
  }

  /** Every handover of a shipment, the oldest first. */
  ofShipment(ucr: string): Rows<HandoverTable> {
    return new RowList(this.#rows.selectFrom('handover').selectAll().where('ucr', '=', ucr), {
      list: 'handovers',
      columns: ['number'],
    });
  }

  /** The statements that were attached to a handover, in the ledger's order. */
  witnesses(ucr: string, handover: number): Rows<WitnessTable> {
    return new RowList(
      this.#rows.selectFrom('witness').selectAll().where('ucr', '=', ucr).where('handover', '=', handover),
      { list: 'witnesses', columns: ['block', 'position', 'kid', 'seq'] },
    );
  }

  /** The releases of a shipment to carriers. */
  releases(ucr: string): Rows<PickupTable> {
    return new RowList(this.#rows.selectFrom('pickup').selectAll().where('ucr', '=', ucr), {
      list: 'carrierReleases',
      columns: ['released_at', 'release'],
    });
  }

  release(ucr: string, release: string): Promise<PickupTable | undefined> {
    return this.#rows
      .selectFrom('pickup')
      .selectAll()
      .where('ucr', '=', ucr)
      .where('release', '=', release)
      .executeTakeFirst();
  }
}
