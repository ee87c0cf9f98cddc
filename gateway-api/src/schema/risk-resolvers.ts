import { aeoStatuses, scoreRisk } from '@passage/domain';
import type { AeoStatus, DeclarationRecord, RiskRecord } from '@passage/domain';

import { shipmentAlerts } from '../alerts/shipment-alerts.js';
import type { RiskTable, ShipmentTable } from '../index/tables/index.js';
import type { PageArgs } from '../paging/page.js';
import type { Receipt } from '../submission/commands.js';
import { act, text } from './act.js';
import { partyActor } from './acting.js';
import { connection } from './connection.js';
import type { GatewayContext } from './context.js';
import { act as signedBy, answerVerification, verification } from './recorded.js';
import type { Node, Services } from './recorded.js';

function riskNode(services: Services, row: RiskTable): Node {
  const record = JSON.parse(row.record) as RiskRecord;
  return {
    ...record,
    declaration: record.about?.declaration,
    version: record.about?.version,
    act: () => signedBy(services, row),
    verification: () => verification(services, row),
  };
}

/** Every assessment of a consignment and of its declarations, in the ledger's order. */
export function risksOf(services: Services, ucr: string, page: PageArgs): Promise<Node> {
  return connection(services.reader.risks.ofShipment(ucr), page, (row) => riskNode(services, row));
}

/** What this build's own rules make of a consignment by what the index knows of it now. It is nobody's word, and for customs. */
export async function proposedRisk(
  services: Services,
  { ucr, importer, origin }: ShipmentTable,
): Promise<Node | null> {
  const { reader, whole } = services;
  if (!reader.seesRisk) return null;
  const declarations = await reader.declarations.ofShipment(ucr).all();
  const declared = declarations.map(({ record }) => JSON.parse(record) as DeclarationRecord);
  const standing = (await reader.parties.aeo(importer))?.status;
  const trader = aeoStatuses.find((status) => status === standing) satisfies AeoStatus | undefined;
  const score = scoreRisk({
    alerts: (await shipmentAlerts(whole, ucr)).map(({ kind }) => kind),
    ...(trader && { trader }),
    nonConforming: await reader.risks.nonConforming(importer, ucr),
    origin,
    declaredOrigins: declared
      .filter(({ withdrawn }) => withdrawn === undefined)
      .flatMap(({ lines }) => lines.map((line) => line.origin)),
  });
  return { ...score, verification: () => answerVerification(services) };
}

async function riskResult({ result }: Receipt, context: GatewayContext): Promise<Node> {
  const { ucr, declaration = 'shipment', number } = result;
  const row = await context.reader.risks.assessment(text(ucr), text(declaration), Number(number));
  return { risk: row && riskNode(context, row) };
}

/** Customs' assessments. */
export const riskMutations = { assessRisk: act('AssessRisk', partyActor, riskResult) };
