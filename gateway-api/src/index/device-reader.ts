import { sql } from 'kysely';
import type { Kysely } from 'kysely';

import { amongKeys, gathered } from './gathered.js';
import { RowList } from '../paging/row-list.js';
import type { Rows } from '../paging/row-list.js';
import type { DeviceTable, EquivocationTable, IndexDatabase } from './tables/index.js';

/** A device, and where among the ledger's transactions it first signed an observation of a shipment. */
export type FirstSight = DeviceTable & { readonly first_seen: number };

/** What the gateway reads of devices and what was proven against their keys from its index. */
export class DeviceReader {
  readonly #rows: Kysely<IndexDatabase>;
  readonly device: (kid: string) => Promise<DeviceTable | undefined>;

  constructor(rows: Kysely<IndexDatabase>) {
    this.#rows = rows;
    this.device = gathered((kids) => this.#devices(kids));
  }

  equivocation(kid: string, seq: number): Promise<EquivocationTable | undefined> {
    return this.#rows
      .selectFrom('equivocation')
      .selectAll()
      .where('kid', '=', kid)
      .where('seq', '=', seq)
      .executeTakeFirst();
  }

  /** What was proven against a key, by number. */
  equivocations(kid: string): Rows<EquivocationTable> {
    return new RowList(this.#rows.selectFrom('equivocation').selectAll().where('kid', '=', kid), {
      list: 'equivocations',
      columns: ['seq'],
    });
  }

  /** Every device that has signed an observation of the shipment, in the order in which they first did. */
  thatSaw(ucr: string): Promise<readonly FirstSight[]> {
    const seen = this.#rows
      .selectFrom('event')
      .select(['kid', sql<number>`min(block * 1000000 + position)`.as('first_seen')])
      .where('ucr', '=', ucr)
      .where('kid', 'is not', null)
      .groupBy('kid')
      .as('seen');
    return this.#rows
      .selectFrom(seen)
      .innerJoin('device', 'device.kid', 'seen.kid')
      .selectAll('device')
      .select('seen.first_seen')
      .orderBy('seen.first_seen')
      .orderBy('device.kid')
      .execute();
  }

  async #devices(kids: readonly string[]): Promise<ReadonlyMap<string, DeviceTable>> {
    const rows = await this.#rows
      .selectFrom('device')
      .selectAll()
      .where('kid', 'in', amongKeys(kids))
      .execute();
    return new Map(rows.map((row) => [row.kid, row]));
  }
}
