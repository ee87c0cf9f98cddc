import { gatewayError } from '../errors.js';
import type { KeptAlert } from '../ledger-alerts/alert-book.js';
import type { LedgerAlertKind } from '../ledger-alerts/ledger-alert.js';
import type { GatewayContext } from './context.js';
import { pageSize } from './page-size.js';
import type { Node } from './recorded.js';

export interface AlertArguments {
  readonly first: number;
  readonly before?: string | null;
  readonly kind?: LedgerAlertKind | null;
}

/** What was noticed of the ledger itself: for customs, auditors and the gateway's own administrator. */
async function ledgerAlerts(
  _: unknown,
  { first, before, kind }: AlertArguments,
  { reader, caller, organization, alerts }: GatewayContext,
): Promise<readonly Node[]> {
  const size = pageSize(first);
  const isOwnAdmin = caller.admin && caller.org === organization.name;
  if (!reader.seesLedgerAlerts && !isOwnAdmin) return [];
  return (await alerts.alerts(size, idOf(before), kind ?? undefined)).map(alertNode);
}

function idOf(before: string | null | undefined): number | undefined {
  if (before === undefined || before === null) return undefined;
  if (/^\d{1,15}$/.test(before)) return Number(before);
  throw gatewayError('BAD_ARGUMENT', '`before` is no id of an alert', {
    next: 'Use the `id` of an alert of an earlier page, or leave `before` out.',
  });
}

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
