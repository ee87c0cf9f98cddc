import {
  calibrationPeriods,
  calibrationStanding,
  consignmentsOf,
  describeEvent,
  signedFor,
  unlocodeIn,
} from '@passage/domain';
import type { Alert, CalibrationStanding, JsonObject } from '@passage/domain';

import { deviceSteps } from '../alerts/facts-of-rows.js';
import { shipmentAlerts } from '../alerts/shipment-alerts.js';
import { standingOf } from '../alerts/standing.js';

import { recordedPayload } from '../index/recorded-payload.js';
import { Listed } from '../paging/listed.js';
import type { EventRow } from '../index/shipment-reader.js';
import type {
  AeoTable,
  DeviceTable,
  EquivocationTable,
  MandateTable,
  NamingTable,
  PartyTable,
  ShipmentTable,
} from '../index/tables/index.js';
import type { PageArgs } from '../paging/page.js';
import { consolidationsOf } from './consolidation-resolvers.js';
import { correctionBy, correctionsOf } from './correction-resolvers.js';
import { customsOf, holdOf } from './customs-resolvers.js';
import { inspectionOf, inspectionsOf } from './inspection-resolvers.js';
import { proposedRisk, risksOf } from './risk-resolvers.js';
import { declarationsOf } from './declaration-resolvers.js';
import { disputesOf, disputesOfEvent } from './dispute-resolvers.js';
import { documentsOf } from './document-resolvers.js';
import { custodyOf, handoverOf, handoversOf, releasesOf } from './handover-nodes.js';
import { drawdownsFor } from './origin-resolvers.js';
import { unitsOf } from './unit-resolvers.js';
import type { Moment } from './unit-resolvers.js';
import { act, statementVerification, verification } from './recorded.js';
import { connection } from './connection.js';
import type { Node, Services } from './recorded.js';

export function partyNode(services: Services, row: PartyTable): Node {
  return {
    id: row.party_id,
    name: row.name,
    mspId: row.msp_id,
    roles: JSON.parse(row.roles),
    registeredAt: row.registered_at,
    gln: row.gln,
    registration: parsed(row.registration),
    updatedAt: row.updated_at,
    aeo: async () => {
      const standing = await services.reader.parties.aeo(row.party_id);
      return standing && aeoNode(services, standing);
    },
    mandates: (page: PageArgs) =>
      connection(services.reader.parties.mandates(row.party_id), page, (mandate) =>
        mandateNode(services, mandate),
      ),
    verification: () => verification(services, row),
  };
}

function aeoNode(services: Services, row: AeoTable): Node {
  return {
    status: row.status,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    reason: row.reason,
    verification: () => verification(services, row),
  };
}

export function mandateNode(services: Services, row: MandateTable): Node {
  return {
    mandator: row.mandator,
    mandatary: row.mandatary,
    mandate: row.mandate,
    scope: JSON.parse(row.scope),
    ucrPrefix: row.ucr_prefix,
    until: row.until,
    grantedAt: row.granted_at,
    withdrawnAt: row.withdrawn_at,
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

export function deviceNode(services: Services, row: DeviceTable): Node {
  return {
    kid: row.kid,
    jwk: JSON.parse(row.jwk),
    owner: row.owner,
    mspId: row.msp_id,
    kind: row.kind,
    place: row.place,
    status: row.status,
    registeredAt: row.registered_at,
    revokedAt: row.revoked_at,
    reason: row.reason,
    calibratedUntil: row.calibrated_until,
    calibration: parsed(row.calibration),
    signsFor: parsed(row.signs_for) ?? [],
    suspension: parsed(row.suspension),
    epoch: parsed(row.epoch),
    predecessor: parsed(row.predecessor),
    successor: parsed(row.successor),
    compromise: parsed(row.compromise),
    equivocations: (page: PageArgs) =>
      connection(services.reader.devices.equivocations(row.kid), page, (proof) =>
        equivocationNode(services, proof),
      ),
    act: () => act(services, row),
    verification: () => verification(services, row),
  };
}

function parsed(json: string | null): unknown {
  return json === null ? undefined : JSON.parse(json);
}

export function equivocationNode(services: Services, row: EquivocationTable): Node {
  return {
    kid: row.kid,
    seq: row.seq,
    statements: JSON.parse(row.statements),
    filedBy: row.filed_by,
    filedAt: row.filed_at,
    verification: () => verification(services, row),
  };
}

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
    custody: () => custodyOf(services, row.ucr),
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

/** The devices that have signed an observation of a shipment, in the order in which they first did. */
export async function seenBy(services: Services, ucr: string, page: PageArgs): Promise<Node> {
  const devices = await services.reader.devices.thatSaw(ucr);
  const list = new Listed('seenBy', devices, ({ first_seen, kid }) => [first_seen, kid]);
  return connection(list, page, (device) => deviceNode(services, device));
}

async function alertsOf(services: Services, ucr: string, page: PageArgs): Promise<Node> {
  const alerts = await shipmentAlerts(services.whole, ucr);
  const list = new Listed('alertsOfShipment', alerts, ({ at, kind, subject, path }) => [
    at.block,
    at.position,
    at.item,
    JSON.stringify([kind, subject, path]),
  ]);
  return connection(list, page, alertNode);
}

/** Where a shipment was last seen; undefined when no event names a place. */
export async function whereabouts({ reader }: Services, ucr: string): Promise<Node | undefined> {
  const row = await reader.shipments.newestPlace(ucr);
  return row?.place ? placeNode(row.place, eventId(row)) : undefined;
}

function placeNode(id: string, event: string): Node {
  return { id, unlocode: unlocodeIn(id), eventId: event };
}

function eventId(row: { statement_id: string | null; transaction_id: string; item: number }): string {
  return row.statement_id ?? `${row.transaction_id}/${String(row.item)}`;
}

export function eventNode(services: Services, row: EventRow): Node {
  const common = {
    id: eventId(row),
    recordedAt: row.recorded_at,
    place: row.place === null ? undefined : placeNode(row.place, eventId(row)),
    ...disputesOfEvent(services, row),
  };
  if (row.kind === 'observation') return { ...common, ...observation(services, row) };
  if (row.kind === 'error_declared') return { ...common, ...errorDeclared(services, row) };
  const byAct = {
    ...common,
    act: () => act(services, row),
    verification: () => verification(services, row),
  };
  if (row.kind === 'shipment_opened')
    return { __typename: 'ShipmentOpened', ...byAct, custodian: row.custodian };
  if (row.kind === 'customs_decision') {
    const { ucr, decision, hold, inspection } = row;
    return {
      __typename: 'CustomsDecision',
      ...byAct,
      decision,
      hold: () => (hold === null ? undefined : holdOf(services, ucr, hold)),
      inspection: () => (inspection === null ? undefined : inspectionOf(services, ucr, inspection)),
    };
  }
  return {
    __typename: 'HandoverStep',
    ...byAct,
    step: row.kind.slice('handover_'.length),
    handover: () => handoverOf(services, row.ucr, row.handover ?? 0),
  };
}

/** An observation; its payload is read from the signed bytes, and only if it is asked for. */
function observation(services: Services, row: EventRow): Node {
  const { kid, seq } = row;
  const jws = row.jws ?? '';
  let payload: JsonObject | undefined;
  const event = () => (payload ??= recordedPayload(jws));
  let described: ReturnType<typeof describeEvent> | undefined;
  const description = () => (described ??= describeEvent(event()));
  return {
    __typename: 'Observation',
    statementId: row.statement_id,
    seq,
    jws,
    device: async () => {
      const device = await services.reader.devices.device(kid ?? '');
      return device && deviceNode(services, device);
    },
    payload: event,
    eventTime: () => instant(description().eventTime),
    type: () => description().type,
    bizStep: () => description().bizStep,
    disposition: () => description().disposition,
    signedFor: () => signedFor(event()),
    calibration: () => calibrationOf(services, kid ?? '', description().eventTime),
    late: row.late === 1,
    ...correctionsOf(services, row.statement_id ?? ''),
    standing: async () => {
      const { standing, witnesses } = await standingOf(services.whole, {
        statementId: row.statement_id ?? '',
        kid: kid ?? '',
        ucrs: consignmentsOf(event()),
      });
      return { word: standing.standing, ...standing, witnesses };
    },
    verification: () => statementVerification(services, row),
  };
}

/** Whether a device was calibrated at the time that an event bears, as far as the ledger says. */
async function calibrationOf(
  { reader }: Services,
  kid: string,
  eventTime: string,
): Promise<CalibrationStanding> {
  const records = (await deviceSteps(reader, kid)).map(({ record }) => record);
  return calibrationStanding(calibrationPeriods(records), Date.parse(eventTime));
}

/** That a device's owner declared an earlier statement in error. */
function errorDeclared(services: Services, row: EventRow): Node {
  const { kid, seq } = row;
  const jws = row.jws ?? '';
  return {
    __typename: 'ErrorDeclared',
    statementId: row.statement_id,
    seq,
    jws,
    device: async () => {
      const device = await services.reader.devices.device(kid ?? '');
      return device && deviceNode(services, device);
    },
    payload: () => recordedPayload(jws),
    signedFor: () => signedFor(recordedPayload(jws)),
    correction: () => correctionBy(services, row.statement_id ?? ''),
    act: () => act(services, row),
    verification: () => statementVerification(services, row),
  };
}

function alertNode({ at, ...alert }: Alert): Node {
  return { ...alert, ...at };
}

function instant(text: string): string | undefined {
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
