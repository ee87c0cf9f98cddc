import type { AccessRecord } from '../access/access-log.js';
import type { PageArgs } from '../paging/page.js';
import { connection } from './connection.js';
import type { GatewayContext } from './context.js';
import type { Node } from './recorded.js';

interface AccessArguments extends PageArgs {
  readonly org?: string | null;
  readonly party?: string | null;
  readonly subject?: string | null;
  readonly query?: string | null;
  readonly naming?: string | null;
  readonly from?: string | null;
  readonly until?: string | null;
}

/**
 * Who read what through this gateway. An auditor and the gateway's own administrator are shown all of it; anyone else what its own
 * party has read, or, without a party, its organisation itself.
 */
export function accessRecords(
  _: unknown,
  { org, party, subject, query, naming, from, until, ...page }: AccessArguments,
  { access, caller, organization, reader }: GatewayContext,
): Promise<Node> {
  const seesAll = reader.seesEverything || (caller.admin && caller.org === organization.name);
  const own = seesAll ? undefined : { org: caller.org, party: caller.party ?? null };
  const utc = (time: string | null | undefined): string | undefined =>
    typeof time === 'string' ? new Date(time).toISOString() : undefined;
  const list = access.records({
    own,
    equal: { org, party, subject, query },
    naming: naming ?? undefined,
    from: utc(from),
    until: utc(until),
  });
  return connection(list, page, recordNode);
}

function recordNode(row: AccessRecord): Node {
  return {
    id: String(row.id),
    at: row.at,
    subject: row.subject,
    token: row.token,
    org: row.org,
    party: row.party,
    role: row.role,
    query: row.query,
    arguments: row.arguments,
    found: row.found === 1,
    asOfBlock: row.as_of_block,
  };
}
