import { retentionOverUpTo, withDefaults } from '@passage/domain';
import type { CommittedField, ParametersRecord, Secret } from '@passage/domain';

import type { PageArgs } from '../paging/page.js';
import type { Receipt } from '../submission/commands.js';
import { partyActor, requireOwnOrganization } from './acting.js';
import { connection } from './connection.js';
import type { GatewayContext } from './context.js';
import { verification } from './recorded.js';
import type { Node } from './recorded.js';

/*
 * Openings of commitments. Salt and value leave a request for the transient map at once: they stand in no argument, no log, no
 * database of the gateway, and only the peers of the organisation that is to keep them see them.
 */

type Opening = CommittedField & Secret;

type Resolver<Input> = (
  root: unknown,
  args: { readonly input: Input & { readonly requestId: string } },
  context: GatewayContext,
) => Promise<Node>;

async function act(
  command: string,
  input: { readonly requestId: string },
  openings: readonly Secret[],
  organization: string,
  context: GatewayContext,
): Promise<Node> {
  const { identity, caller } = await partyActor(context);
  const transient = new Map([['openings', Buffer.from(JSON.stringify(openings))]]);
  const secret = { transient, endorsers: [organization] };
  const receipt: Receipt = await context.commands.run({ command, input, identity, caller, secret });
  return { receipt };
}

const secretOf = ({ salt, value }: Secret): Secret => ({ salt, value });

const fieldOf = ({ commitment, subject, field }: CommittedField): CommittedField => ({
  commitment,
  subject,
  field,
});

const keepOpenings: Resolver<{ readonly openings: readonly Opening[] }> = (_, { input }, context) => {
  const { requestId, openings } = input;
  const about = { requestId, openings: openings.map(fieldOf) };
  return act('KeepOpenings', about, openings.map(secretOf), context.organization.mspId, context);
};

/** Endorsed by the recipient's organisation, which is to keep it, and seen by no other. */
const discloseOpening: Resolver<Opening & { readonly to: string }> = async (_, { input }, context) => {
  const { requestId, to } = input;
  const recipient = await context.reader.parties.party(to);
  const about = { requestId, ...fieldOf(input), to };
  const organization = recipient?.msp_id ?? context.organization.mspId;
  return act('DiscloseOpening', about, [secretOf(input)], organization, context);
};

const purgeOpening: Resolver<{ readonly commitment: string; readonly of?: string | null }> = (
  _,
  { input: { requestId, commitment, of } },
  context,
) => {
  const about = { requestId, commitment, ...(of !== undefined && of !== null && { of }) };
  return act('PurgeOpening', about, [], context.organization.mspId, context);
};

export const openingMutations = { keepOpenings, discloseOpening, purgeOpening };

/** The caller's own copy, read at its organisation's peer: the index holds no private data. */
export async function opening(
  _: unknown,
  { commitment }: { readonly commitment: string },
  context: GatewayContext,
): Promise<Node> {
  return JSON.parse(await heldOpening(commitment, context)) as Node;
}

/** The same as the ledger answers it: JSON. */
export async function heldOpening(commitment: string, context: GatewayContext): Promise<string> {
  const { identity } = await partyActor(context);
  return context.ledger.evaluate('GetOpening', JSON.stringify({ commitment }), identity);
}

/**
 * The copies of this organisation's parties whose retention is over at a time: whose purge is due. Known from the acts in blocks,
 * which name commitments and hold no value.
 */
export async function openingsDue(
  _: unknown,
  { at, ...page }: { readonly at?: string | null } & PageArgs,
  context: GatewayContext,
): Promise<Node> {
  const { reader, organization, caller } = context;
  requireOwnOrganization(caller.org, organization.name);
  const inForce = (await reader.parameters.history()).at(-1);
  const agreed = inForce && (JSON.parse(inForce.record) as ParametersRecord).values;
  const limit = retentionOverUpTo(at ?? new Date().toISOString(), withDefaults(agreed).retentionDays);
  return connection(reader.openings.keptUpTo(limit, organization.mspId), page, (row) => ({
    holder: row.holder,
    commitment: row.commitment,
    owner: row.owner,
    subject: row.subject,
    field: row.field,
    keptAt: row.at,
    verification: () => verification(context, row),
  }));
}
