import type { Kysely } from 'kysely';

import { RowList } from '../paging/row-list.js';
import type { Rows } from '../paging/row-list.js';
import type { IndexDatabase, OpeningStepTable } from './tables/index.js';

/** What the gateway reads of openings from its index: which copies are kept, never what they say. */
export class OpeningReader {
  readonly #rows: Kysely<IndexDatabase>;

  constructor(rows: Kysely<IndexDatabase>) {
    this.#rows = rows;
  }

  /** The copies of an organisation's parties that were kept at a time or before and are not purged, the oldest first. */
  keptUpTo(time: string, mspId: string): Rows<OpeningStepTable> {
    const kept = this.#rows
      .selectFrom('opening_step as copy')
      .innerJoin('party', 'party.party_id', 'copy.holder')
      .selectAll('copy')
      .where('party.msp_id', '=', mspId)
      .where('copy.step', '=', 'kept')
      .where('copy.at', '<=', time)
      .where((copy) =>
        copy.not(
          copy.exists(
            copy
              .selectFrom('opening_step as later')
              .select('later.block')
              .whereRef('later.holder', '=', 'copy.holder')
              .whereRef('later.commitment', '=', 'copy.commitment')
              .where((later) =>
                later.or([
                  later('later.block', '>', later.ref('copy.block')),
                  later.and([
                    later('later.block', '=', later.ref('copy.block')),
                    later('later.position', '>', later.ref('copy.position')),
                  ]),
                ]),
              ),
          ),
        ),
      );
    return new RowList(kept, {
      list: 'openingsDue',
      columns: ['copy.at', 'copy.holder', 'copy.commitment'],
    });
  }
}
