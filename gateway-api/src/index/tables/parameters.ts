import type { Origin } from './row-origin.js';

/** A version of the parameters; `record` is the domain's ParametersRecord as JSON. */
export interface ParametersTable extends Origin {
  version: number;
  record: string;
}

/** A proposal to change parameters; `record` is the domain's ProposalRecord as JSON. */
export interface ProposalTable extends Origin {
  proposed_by: string;
  proposal: string;
  proposed_at: string;
  record: string;
}

/** An organisation's word on a proposal; `record` is the domain's ApprovalRecord as JSON. */
export interface ApprovalTable extends Origin {
  proposed_by: string;
  proposal: string;
  by: string;
  record: string;
}

export interface ParameterTables {
  parameters: ParametersTable;
  proposal: ProposalTable;
  approval: ApprovalTable;
}
