import { PassageError } from '../../errors/passage-error.js';
import { organizationsOf } from '../../parameters/agreement.js';
import type { ParametersInForce } from '../../parameters/parameters-record.js';
import type { ProposalRecord } from '../../parameters/proposal-record.js';
import { withDefaults } from '../../parameters/parameters.js';
import type { LedgerRecord } from '../../party/ledger-record.js';
import { mspId, requestId } from '../../shape/fields.js';
import { keys } from '../../state/keys.js';
import type { WorldView } from '../../state/world-view.js';
import { ledgerOf } from '../registry.js';

/** Which proposal an input is about: whose, and its id. */
export type ProposalRef = { readonly proposedBy: string; readonly proposal: string };

export const proposalRef = { proposedBy: mspId, proposal: requestId };

/** What is in force, and who has a say in it. */
export interface Say {
  readonly ledger: LedgerRecord;
  readonly inForce: ParametersInForce | undefined;
  readonly organizations: readonly string[];
}

/**
 * The ledger as an organisation's admin finds it who has a say in its parameters.
 *
 * @throws PassageError LEDGER_NOT_INITIALISED, NO_SAY
 */
export function sayOf(mspId: string, view: WorldView): Say {
  const ledger = ledgerOf(view);
  const organizations = organizationsOfLedger(ledger);
  if (organizations.includes(mspId)) return { ledger, inForce: ledger.parameters, organizations };
  const message = `${mspId} is none of the organisations that agree on parameters`;
  throw new PassageError('NO_SAY', message, { mspId, organizations });
}

export function organizationsOfLedger({ roles, parameters }: LedgerRecord): readonly string[] {
  return organizationsOf(roles, withDefaults(parameters?.values));
}

/** @throws PassageError PROPOSAL_UNKNOWN */
export function proposalOf({ proposedBy, proposal }: ProposalRef, view: WorldView): ProposalRecord {
  const record = view.get(keys.proposal(proposedBy, proposal));
  if (record !== undefined) return record;
  const message = `${proposedBy} has made no proposal ${proposal}`;
  throw new PassageError('PROPOSAL_UNKNOWN', message, { proposedBy, proposal });
}
