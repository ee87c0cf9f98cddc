import type { Kysely } from 'kysely';

import { RowList } from '../paging/row-list.js';
import type { Rows } from '../paging/row-list.js';
import type { ApprovalTable, IndexDatabase, ParametersTable, ProposalTable } from './tables/index.js';

/** What the gateway reads of parameters from its index. */
export class ParameterReader {
  readonly #rows: Kysely<IndexDatabase>;

  constructor(rows: Kysely<IndexDatabase>) {
    this.#rows = rows;
  }

  /** Every version that came into force, the oldest first. */
  history(): Promise<readonly ParametersTable[]> {
    return this.#rows.selectFrom('parameters').selectAll().orderBy('version').execute();
  }

  proposal(proposedBy: string, proposal: string): Promise<ProposalTable | undefined> {
    return this.#rows
      .selectFrom('proposal')
      .selectAll()
      .where('proposed_by', '=', proposedBy)
      .where('proposal', '=', proposal)
      .executeTakeFirst();
  }

  /** Every proposal, the newest first. */
  proposals(): Rows<ProposalTable> {
    return new RowList(this.#rows.selectFrom('proposal').selectAll(), {
      list: 'parameterProposals',
      columns: ['proposed_at', 'proposed_by', 'proposal'],
      descending: true,
    });
  }

  /** What organisations have said of a proposal, by MSP id. */
  words(proposedBy: string, proposal: string): Promise<readonly ApprovalTable[]> {
    return this.#rows
      .selectFrom('approval')
      .selectAll()
      .where('proposed_by', '=', proposedBy)
      .where('proposal', '=', proposal)
      .orderBy('by')
      .execute();
  }
}
