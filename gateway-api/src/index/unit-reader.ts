import type { ContainmentRecord } from '@passage/domain';
import type { Kysely } from 'kysely';

import type { ContainmentTable, HistoryTable, IndexDatabase } from './tables/index.js';

/** A version of what a unit has to do with a consignment, as the record that stood there. */
export function containmentOf(row: ContainmentTable): ContainmentRecord {
  const { unit, ucr, goods, packages, carries, within, at, by } = row;
  return {
    v: 1,
    unit,
    ucr,
    ...(goods === 1 && { goods: packages === null ? {} : { packages } }),
    ...(carries === 1 && { carries: true }),
    ...(within !== null && { within }),
    at,
    by,
  };
}

/** What the gateway reads of what lay in what, up to any block. */
export class UnitReader {
  readonly #rows: Kysely<IndexDatabase>;

  constructor(rows: Kysely<IndexDatabase>) {
    this.#rows = rows;
  }

  /** Every version of the records of some units, in the ledger's order. */
  versions(units: readonly string[], upTo: number): Promise<readonly ContainmentTable[]> {
    if (units.length === 0) return Promise.resolve([]);
    return this.#containment(upTo).where('unit', 'in', units).execute();
  }

  /** Every version of what units had to do with a consignment, in the ledger's order. */
  versionsOf(ucr: string, upTo: number): Promise<readonly ContainmentTable[]> {
    return this.#containment(upTo).where('ucr', '=', ucr).execute();
  }

  /** The units that any of these ever carried. */
  async everWithin(units: readonly string[], upTo: number): Promise<readonly string[]> {
    if (units.length === 0) return [];
    const rows = await this.#rows
      .selectFrom('containment')
      .select('unit')
      .distinct()
      .where('within', 'in', units)
      .where('block', '<=', upTo)
      .orderBy('unit')
      .execute();
    return rows.map(({ unit }) => unit);
  }

  /** Every version of the seals of a unit, in the ledger's order; the values are records. */
  sealVersions(unit: string): Promise<readonly HistoryTable[]> {
    return (
      this.#rows
        .selectFrom('history')
        .selectAll()
        // Keys under a prefix: `0` is the sign behind `/`.
        .where('key', '>=', `seal/${unit}/`)
        .where('key', '<', `seal/${unit}0`)
        .orderBy('block')
        .orderBy('position')
        .execute()
    );
  }

  #containment(upTo: number) {
    return this.#rows
      .selectFrom('containment')
      .selectAll()
      .where('block', '<=', upTo)
      .orderBy('block')
      .orderBy('position');
  }
}
