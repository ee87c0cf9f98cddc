import type { Kysely } from 'kysely';

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
  ofShipment(ucr: string): Promise<readonly HandoverTable[]> {
    return this.#rows.selectFrom('handover').selectAll().where('ucr', '=', ucr).orderBy('number').execute();
  }

  /** The statements that were attached to a handover, in the ledger's order. */
  witnesses(ucr: string, handover: number): Promise<readonly WitnessTable[]> {
    return this.#rows
      .selectFrom('witness')
      .selectAll()
      .where('ucr', '=', ucr)
      .where('handover', '=', handover)
      .orderBy('block')
      .orderBy('position')
      .orderBy('kid')
      .orderBy('seq')
      .execute();
  }

  /** The releases of a shipment to carriers. */
  releases(ucr: string): Promise<readonly PickupTable[]> {
    return this.#rows
      .selectFrom('pickup')
      .selectAll()
      .where('ucr', '=', ucr)
      .orderBy('released_at')
      .orderBy('release')
      .execute();
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
