import { customsMspId, type RoleTable } from '../party/roles.js';
import type { Parameters } from './parameter-table.js';
import { proposalDigest, type ApprovalRecord, type ProposalRecord } from './proposal-record.js';

/** The organisations that have a say: those of the role table and those that were agreed on since, by the alphabet. */
export function organizationsOf(
  table: RoleTable,
  { joinedOrganizations }: Pick<Parameters, 'joinedOrganizations'>,
): readonly string[] {
  return [...new Set([...Object.values(table).flat(), ...joinedOrganizations])].sort();
}

/** The organisations whose word is that exactly this proposal is to be in force. */
export function approversOf(
  proposal: ProposalRecord,
  words: ReadonlyMap<string, ApprovalRecord | undefined>,
): readonly string[] {
  const digest = proposalDigest(proposal);
  return [...words].flatMap(([mspId, said]) =>
    said?.word === 'approved' && said.digest === digest ? [mspId] : [],
  );
}

/** How many besides customs have to approve: as many as for the chaincode's definition. */
const BESIDES_CUSTOMS = 2;

/** Whether enough have approved: customs and two of the others, or all of the others where there are fewer. */
export function isAgreed(approvers: readonly string[], organizations: readonly string[]): boolean {
  const isOther = (mspId: string): boolean => mspId !== customsMspId && organizations.includes(mspId);
  const others = organizations.filter(isOther).length;
  return (
    approvers.includes(customsMspId) && approvers.filter(isOther).length >= Math.min(BESIDES_CUSTOMS, others)
  );
}
