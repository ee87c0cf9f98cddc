import { readStatement, unitOfUri } from '@passage/domain';
import type { Alert } from '@passage/domain';

import { alertId } from '../alerts/alert-id.js';
import { shipmentAlerts } from '../alerts/shipment-alerts.js';
import { aboutStatement, atPlace, together } from '../feed/about.js';
import type { About } from '../feed/about.js';
import type { IndexReader } from '../index/reader.js';

/** An alert of a consignment, and what a filter may name to find it. */
export interface Noticed {
  readonly id: string;
  readonly alert: Alert;
  readonly about: About;
}

/** The alerts that follow now from what the index has of a consignment, each with what it is about. */
export async function findNoticed(reader: IndexReader, ucr: string): Promise<readonly Noticed[]> {
  const alerts = await shipmentAlerts(reader, ucr);
  if (alerts.length === 0) return [];
  const shipment = await aboutShipment(reader, ucr);
  return Promise.all(
    alerts.map(async (alert) => ({
      id: alertId(alert),
      alert,
      about: { ...together([shipment, ...(await aboutPath(reader, alert))]), shipments: [ucr] },
    })),
  );
}

/** Whose consignment it is, and what it departs from and is from. */
async function aboutShipment(reader: IndexReader, ucr: string): Promise<Partial<About>> {
  const row = await reader.shipments.shipment(ucr);
  if (!row) return {};
  const { opener, importer, declarant, seller, origin, departure } = row;
  const custodian = (await reader.shipments.custody(ucr))?.custodian;
  const parties = [opener, importer, declarant, seller, custodian].flatMap((party) => party ?? []);
  return { parties, countries: [origin, departure] };
}

/** What the steps back to the cause name: devices, units, and where statements were made. */
function aboutPath(reader: IndexReader, { subject, path }: Alert): Promise<readonly Partial<About>[]> {
  const steps = [{ what: 'object', id: subject }, ...path];
  return Promise.all(
    steps.map(async ({ what, id }): Promise<Partial<About>> => {
      if (what === 'object') return aboutThing(id);
      if (what === 'device') return aboutDevice(reader, id);
      if (what !== 'statement') return {};
      const row = await reader.statements.statement(id);
      if (!row) return {};
      const owner = (await reader.devices.device(readStatement(row.jws).header.kid))?.owner ?? null;
      return aboutStatement(row.jws, owner);
    }),
  );
}

function aboutThing(id: string): Partial<About> {
  const unit = unitOfUri(id);
  return unit === undefined ? {} : { units: [unit] };
}

async function aboutDevice(reader: IndexReader, kid: string): Promise<Partial<About>> {
  const device = await reader.devices.device(kid);
  return together([{ devices: [kid], parties: device ? [device.owner] : [] }, atPlace(device?.place)]);
}
