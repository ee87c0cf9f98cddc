import { calibrationPeriods, calibrationStanding } from '@passage/domain';
import type { CalibrationStanding } from '@passage/domain';

import { deviceSteps } from '../alerts/facts-of-rows.js';
import type { DeviceTable, EquivocationTable } from '../index/tables/index.js';
import type { PageArgs } from '../paging/page.js';
import { Listed } from '../paging/listed.js';
import { connection } from './connection.js';
import { parsed } from './parsed.js';
import { act, verification } from './recorded.js';
import type { Node, Services } from './recorded.js';

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

/** The devices that have signed an observation of a shipment, in the order in which they first did. */
export async function seenBy(services: Services, ucr: string, page: PageArgs): Promise<Node> {
  const devices = await services.reader.devices.thatSaw(ucr);
  const list = new Listed('seenBy', devices, ({ first_seen, kid }) => [first_seen, kid]);
  return connection(list, page, (device) => deviceNode(services, device));
}

/** Whether a device was calibrated at the time that an event bears, as far as the ledger says. */
export async function calibrationOf(
  { reader }: Services,
  kid: string,
  eventTime: string,
): Promise<CalibrationStanding> {
  const records = (await deviceSteps(reader, kid)).map(({ record }) => record);
  return calibrationStanding(calibrationPeriods(records), Date.parse(eventTime));
}
