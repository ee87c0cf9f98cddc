import { shipmentAlerts } from '../alerts/shipment-alerts.js';
import type { NamingTable, ShipmentTable } from '../index/tables/index.js';
import { Listed } from '../paging/listed.js';
import type { PageArgs } from '../paging/page.js';
import { foundAlertNode } from './alert-nodes.js';
import { connection } from './connection.js';
import { consolidationsOf } from './consolidation-resolvers.js';
import { customsOf } from './customs-resolvers.js';
import { declarationsOf } from './declaration-resolvers.js';
import { disputesOf } from './dispute-resolvers.js';
import { documentsOf } from './document-resolvers.js';
import { custodyAt, handoversOf, releasesOf } from './handover-nodes.js';
import { inspectionsOf } from './inspection-resolvers.js';
import { drawdownsFor } from './origin-resolvers.js';
import type { Moment } from './moment.js';
import { parsed } from './parsed.js';
import { whereabouts } from './place-nodes.js';
import { act, verification } from './recorded.js';
import type { Node, Services } from './recorded.js';
import { proposedRisk, risksOf } from './risk-resolvers.js';
import { unitsOf } from './unit-resolvers.js';

export function shipmentNode(services: Services, row: ShipmentTable): Node {
  const { reader } = services;
  return {
    ucr: row.ucr,
    opener: row.opener,
    goods: JSON.parse(row.goods),
    origin: row.origin,
    departure: row.departure,
    transportMode: row.transport_mode,
    importer: row.importer,
    declarant: row.declarant,
    seller: row.seller,
    openedAt: row.opened_at,
    parents: row.parents === null ? [] : JSON.parse(row.parents),
    ended: async () => parsed((await reader.shipments.custody(row.ucr))?.ended ?? null),
    consolidations: (page: PageArgs) => consolidationsOf(services, row.ucr, page),
    custody: (moment: Moment) => custodyAt(services, row.ucr, moment),
    where: () => whereabouts(services, row.ucr),
    customs: () => customsOf(services, row.ucr),
    declarations: (page: PageArgs) => declarationsOf(services, row.ucr, page),
    risks: (page: PageArgs) => risksOf(services, row.ucr, page),
    inspections: (page: PageArgs) => inspectionsOf(services, row.ucr, page),
    proposedRisk: () => proposedRisk(services, row),
    disputes: (page: PageArgs) => disputesOf(services, row.ucr, page),
    documents: (page: PageArgs) => documentsOf(services, row.ucr, page),
    drawdowns: (page: PageArgs) => drawdownsFor(services, row.ucr, page),
    named: (page: PageArgs) =>
      connection(reader.shipments.namings(row.ucr), page, (naming) => namingNode(services, naming)),
    handovers: (page: PageArgs) => handoversOf(services, row.ucr, page),
    carrierReleases: (page: PageArgs) => releasesOf(services, row.ucr, page),
    units: (asked: Moment & PageArgs) => unitsOf(services, row.ucr, asked),
    alerts: (page: PageArgs) => alertsOf(services, row.ucr, page),
    act: () => act(services, row),
    verification: () => verification(services, row),
  };
}

function namingNode(services: Services, row: NamingTable): Node {
  return {
    party: row.party_id,
    role: row.role,
    namedBy: row.named_by,
    namedAt: row.named_at,
    verification: () => verification(services, row),
  };
}

async function alertsOf(services: Services, ucr: string, page: PageArgs): Promise<Node> {
  const alerts = await shipmentAlerts(services.whole, ucr);
  const list = new Listed('alertsOfShipment', alerts, ({ at, kind, subject, path }) => [
    at.block,
    at.position,
    at.item,
    JSON.stringify([kind, subject, path]),
  ]);
  return connection(list, page, (alert) => foundAlertNode(services, ucr, alert));
}
