import { withDefaults } from '@passage/domain';
import type { ApprovalRecord, ParametersRecord, ProposalRecord } from '@passage/domain';

import type { ParametersTable, ProposalTable } from '../index/tables/index.js';
import type { PageArgs } from '../paging/page.js';
import { Listed } from '../paging/listed.js';
import type { Receipt } from '../submission/commands.js';
import { act, text } from './act.js';
import { adminActor } from './acting.js';
import { connection } from './connection.js';
import type { GatewayContext } from './context.js';
import { act as signedBy, verification } from './recorded.js';
import type { Node, Services } from './recorded.js';

/** The defaults, as the version before the first. */
const defaults: Node = { version: 0, values: withDefaults(), approvedBy: [] };

function versionNode(services: Services, row: ParametersTable): Node {
  const { version, values, since, approvedBy, proposedBy, proposal } = JSON.parse(
    row.record,
  ) as ParametersRecord;
  return {
    version,
    values: withDefaults(values),
    since,
    approvedBy,
    proposal: async () => {
      const proposed = await services.reader.parameters.proposal(proposedBy, proposal);
      return proposed && proposalNode(services, proposed);
    },
    verification: () => verification(services, row),
  };
}

function proposalNode(services: Services, row: ProposalTable): Node {
  const record = JSON.parse(row.record) as ProposalRecord;
  return {
    ...record,
    status: async () => {
      const inForce = (await services.reader.parameters.history()).at(-1)?.version ?? 0;
      return record.status === 'open' && record.base !== inForce ? 'outdated' : record.status;
    },
    words: async () => {
      const words = await services.reader.parameters.words(row.proposed_by, row.proposal);
      return words.map((said) => ({
        ...(JSON.parse(said.record) as ApprovalRecord),
        by: said.by,
        act: () => signedBy(services, said),
        verification: () => verification(services, said),
      }));
    },
    act: () => signedBy(services, row),
    verification: () => verification(services, row),
  };
}

/** Every version, the newest first. */
async function versions(services: Services): Promise<readonly Node[]> {
  const rows = await services.reader.parameters.history();
  return [...rows.map((row) => versionNode(services, row)).reverse(), defaults];
}

/** Fields of `Query` that are about parameters. */
export const parameterQueries = {
  parameters: async (
    _: unknown,
    { version = null }: { version?: number | null },
    context: GatewayContext,
  ): Promise<Node | null> => {
    const all = await versions(context);
    return (version === null ? all[0] : all.find((each) => each['version'] === version)) ?? null;
  },
  parameterHistory: async (_: unknown, page: PageArgs, context: GatewayContext): Promise<Node> => {
    const list = new Listed('parameterHistory', await versions(context), ({ version }) => [-Number(version)]);
    return connection(list, page, (version) => version);
  },
  parameterProposals: (_: unknown, page: PageArgs, context: GatewayContext): Promise<Node> =>
    connection(context.reader.parameters.proposals(), page, (row) => proposalNode(context, row)),
  parameterProposal: async (
    _: unknown,
    { proposedBy, proposal }: { proposedBy: string; proposal: string },
    context: GatewayContext,
  ): Promise<Node | null> => {
    const row = await context.reader.parameters.proposal(proposedBy, proposal);
    return row ? proposalNode(context, row) : null;
  },
};

async function proposalResult({ result }: Receipt, context: GatewayContext): Promise<Node> {
  const { proposedBy, proposal } = result;
  const row = await context.reader.parameters.proposal(text(proposedBy), text(proposal));
  return { proposal: row && proposalNode(context, row) };
}

/** Acts of an organisation's administrator upon parameters. */
export const parameterMutations = {
  proposeParameters: act('ProposeParameters', adminActor, proposalResult),
  approveParameters: act('ApproveParameters', adminActor, proposalResult),
  rejectParameters: act('RejectParameters', adminActor, proposalResult),
  withdrawParameters: act('WithdrawParameters', adminActor, proposalResult),
};
