import { documentStanding } from '@passage/domain';

import type { AnchorTable, DocumentTable } from '../index/tables/index.js';
import type { PageArgs } from '../paging/page.js';
import type { Receipt } from '../submission/commands.js';
import { act, text } from './act.js';
import { partyActor } from './acting.js';
import { connection } from './connection.js';
import type { GatewayContext } from './context.js';
import { act as signedBy, verification } from './recorded.js';
import type { Node, Services } from './recorded.js';

function documentNode(services: Services, row: DocumentTable): Node {
  const { documents } = services.reader;
  return {
    id: row.document,
    anchoredBy: row.anchored_by,
    type: row.type,
    issuer: row.issuer,
    number: row.number,
    ucr: row.ucr,
    version: row.version,
    sha256: row.sha256,
    anchoredAt: row.anchored_at,
    withdrawnAt: row.withdrawn_at,
    reason: row.reason,
    versions: (page: PageArgs) =>
      connection(documents.versions(row.document), page, (version) => versionNode(services, version, row)),
    act: () => signedBy(services, row),
    verification: () => verification(services, row),
  };
}

function versionNode(services: Services, row: AnchorTable, document: DocumentTable): Node {
  const newest = {
    version: document.version,
    ...(document.withdrawn_at !== null && { withdrawnAt: document.withdrawn_at }),
  };
  return {
    document: documentNode(services, document),
    version: row.version,
    sha256: row.sha256,
    anchoredAt: row.anchored_at,
    standing: documentStanding(row, newest),
    act: () => signedBy(services, row),
    verification: () => verification(services, row),
  };
}

/** The documents that were anchored for a consignment. */
export function documentsOf(services: Services, ucr: string, page: PageArgs): Promise<Node> {
  return connection(services.reader.documents.ofShipment(ucr), page, (row) => documentNode(services, row));
}

async function document(_: unknown, { id }: { id: string }, context: GatewayContext): Promise<Node | null> {
  const row = await context.reader.documents.document(id);
  return row ? documentNode(context, row) : null;
}

/** Every version on the ledger that a file with this hash is. */
function checkDocument(
  _: unknown,
  { sha256, ...page }: { sha256: string } & PageArgs,
  context: GatewayContext,
): Promise<Node> {
  const { documents } = context.reader;
  return connection(documents.versionsWith(sha256), page, async (row) => {
    const document = await documents.document(row.document);
    if (!document) throw new Error(`${row.document} has a version and no row`);
    return versionNode(context, row, document);
  });
}

async function documentResult({ result }: Receipt, context: GatewayContext): Promise<Node> {
  const row = await context.reader.documents.document(text(result.document));
  return { document: row && documentNode(context, row) };
}

/** Fields of `Query` that are about documents. */
export const documentQueries = { document, checkDocument };

/** Acts upon documents. */
export const documentMutations = {
  anchorDocument: act('AnchorDocument', partyActor, documentResult),
  reviseDocument: act('ReviseDocument', partyActor, documentResult),
  withdrawDocument: act('WithdrawDocument', partyActor, documentResult),
};
