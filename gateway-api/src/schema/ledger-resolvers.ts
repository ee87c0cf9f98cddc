import type { KeptAlert } from '../ledger-alerts/alert-book.js';
import type { LedgerAlertKind } from '../ledger-alerts/ledger-alert.js';
import { Listed } from '../paging/listed.js';
import type { PageArgs, Paged } from '../paging/page.js';
import { connection } from './connection.js';
import type { GatewayContext } from './context.js';
import type { Node } from './recorded.js';

export interface AlertArguments extends PageArgs {
  readonly kind?: LedgerAlertKind | null;
}

/** What was noticed of the ledger itself: for customs, auditors and the gateway's own administrator. */
function ledgerAlerts(
  _: unknown,
  { kind, ...page }: AlertArguments,
  { reader, caller, organization, alerts }: GatewayContext,
): Promise<Node> {
  const isOwnAdmin = caller.admin && caller.org === organization.name;
  const list: Paged<KeptAlert> =
    reader.seesLedgerAlerts || isOwnAdmin ? alerts.alerts(kind ?? undefined) : none;
  return connection(list, page, alertNode);
}

const none = new Listed<KeptAlert>('ledgerAlerts', [], ({ id }) => [id]);

function alertNode(row: KeptAlert): Node {
  return {
    id: String(row.id),
    kind: row.kind,
    block: row.block,
    organization: row.organization,
    message: row.message,
    noticedAt: row.noticed_at,
    ours: base64(row.ours),
    theirs: base64(row.theirs),
  };
}

function base64(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : Buffer.from(bytes).toString('base64');
}

/** Fields of `Query` about the ledger itself and this gateway's copy of it. */
export const ledgerQueries = {
  ledgerAlerts,
  ledgerStatus: async (_: unknown, __: unknown, { status }: GatewayContext): Promise<Node> => ({
    ...(await status.ledger()),
  }),
};
