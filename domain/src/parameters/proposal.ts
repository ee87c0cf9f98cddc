import { PassageError } from '../errors/passage-error.js';
import { refuseViolations } from '../errors/violations.js';
import type { ParametersInForce, ParametersRecord } from './parameters-record.js';
import { changeViolations, withDefaults, type ParameterChanges } from './parameters.js';
import type { ProposalRecord } from './proposal-record.js';

/**
 * A proposal to change what is in force.
 *
 * @throws PassageError INVALID_FIELD where it changes nothing, or what comes of it does not fit together
 */
export function propose(
  inForce: ParametersInForce | undefined,
  about: {
    readonly proposedBy: string;
    readonly proposal: string;
    readonly changes: ParameterChanges;
    readonly reason: string;
  },
  at: string,
): ProposalRecord {
  refuseViolations('The proposal', changeViolations(withDefaults(inForce?.values), about.changes));
  return { v: 1, ...about, base: inForce?.version ?? 0, proposedAt: at, status: 'open' };
}

/**
 * The proposal, if there is still something to say about it.
 *
 * @throws PassageError PROPOSAL_CLOSED where it was withdrawn or is in force; PROPOSAL_OUTDATED where other parameters came into
 *   force since it was made: what was read by those who approved it would be something else by now.
 */
export function openProposal(
  proposal: ProposalRecord,
  inForce: ParametersInForce | undefined,
): ProposalRecord {
  const { proposedBy, proposal: id, status, base } = proposal;
  if (status !== 'open') {
    const how = status === 'withdrawn' ? 'was withdrawn' : 'is in force';
    throw new PassageError('PROPOSAL_CLOSED', `The proposal ${id} of ${proposedBy} ${how}`, {
      proposedBy,
      proposal: id,
      status,
    });
  }
  const version = inForce?.version ?? 0;
  if (version === base) return proposal;
  const message = `The proposal ${id} of ${proposedBy} changes version ${base}, and version ${version} is in force`;
  throw new PassageError('PROPOSAL_OUTDATED', message, { proposedBy, proposal: id, base, version });
}

/** The proposer takes it back. @throws as `openProposal` */
export function withdrawProposal(
  proposal: ProposalRecord,
  inForce: ParametersInForce | undefined,
  at: string,
): ProposalRecord {
  return { ...openProposal(proposal, inForce), status: 'withdrawn', closedAt: at };
}

/** Everything that changes when a proposal comes into force. */
export function putInForce(
  proposal: ProposalRecord,
  inForce: ParametersInForce | undefined,
  approvedBy: readonly string[],
  at: string,
): { readonly parameters: ParametersRecord; readonly proposal: ProposalRecord } {
  const version = proposal.base + 1;
  const { proposedBy, proposal: id, changes } = proposal;
  return {
    parameters: {
      v: 1,
      version,
      values: { ...inForce?.values, ...changes },
      proposedBy,
      proposal: id,
      approvedBy,
      since: at,
    },
    proposal: { ...proposal, status: 'in_force', closedAt: at, version },
  };
}
