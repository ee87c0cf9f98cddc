import { declarationStatus } from '@passage/domain';
import type { AcceptanceRecord, DeclarationRecord } from '@passage/domain';

import type { DeclarationTable } from '../index/tables/index.js';
import type { PageArgs } from '../paging/page.js';
import type { Receipt } from '../submission/commands.js';
import { act, text } from './act.js';
import { partyActor } from './acting.js';
import { connection } from './connection.js';
import type { GatewayContext } from './context.js';
import { act as signedBy, verification } from './recorded.js';
import type { Node, Services } from './recorded.js';

async function declarationNode(services: Services, row: DeclarationTable): Promise<Node> {
  const record = JSON.parse(row.record) as DeclarationRecord;
  const accepted = await services.reader.declarations.acceptance(row.declaration);
  const acceptance = accepted && (JSON.parse(accepted.record) as AcceptanceRecord);
  return {
    ...record,
    id: record.declaration,
    declarant: record.declaration.split(':')[0],
    commitments: record.commitments ?? [],
    status: declarationStatus(record, acceptance),
    acceptance: accepted && {
      ...acceptance,
      act: () => signedBy(services, accepted),
      verification: () => verification(services, accepted),
    },
    act: () => signedBy(services, row),
    verification: () => verification(services, row),
  };
}

/** The declarations that were lodged for a consignment. */
export function declarationsOf(services: Services, ucr: string, page: PageArgs): Promise<Node> {
  const list = services.reader.declarations.ofShipment(ucr);
  return connection(list, page, (row) => declarationNode(services, row));
}

async function declarationById(
  _: unknown,
  { id }: { id: string },
  context: GatewayContext,
): Promise<Node | null> {
  const row = await context.reader.declarations.declaration(id);
  return row ? declarationNode(context, row) : null;
}

async function declarationResult({ result }: Receipt, context: GatewayContext): Promise<Node> {
  const row = await context.reader.declarations.declaration(text(result.declaration));
  return { declaration: row && (await declarationNode(context, row)) };
}

/** Fields of `Query` that are about declarations. */
export const declarationQueries = { declaration: declarationById };

/** Acts upon declarations. */
export const declarationMutations = {
  lodgeDeclaration: act('LodgeDeclaration', partyActor, declarationResult),
  amendDeclaration: act('AmendDeclaration', partyActor, declarationResult),
  withdrawDeclaration: act('WithdrawDeclaration', partyActor, declarationResult),
  acceptDeclaration: act('AcceptDeclaration', partyActor, declarationResult),
};
