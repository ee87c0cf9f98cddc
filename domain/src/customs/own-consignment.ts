import { PassageError } from '../errors/passage-error.js';
import type { CustodyRecord } from '../handover/custody-record.js';
import { isCustoms } from '../party/roles.js';
import type { NamingRecord } from '../shipment/naming-record.js';
import type { ShipmentRecord } from '../shipment/shipment-record.js';

/** What says who has to do with a consignment. */
export interface Involvement {
  readonly shipment: ShipmentRecord | undefined;
  readonly custody: CustodyRecord | undefined;
  /** How the officer was named in it after its opening. To be named as customs is to be told of it, no more. */
  readonly naming: NamingRecord | undefined;
}

/** Nobody releases what he is a party to. @throws PassageError OWN_CONSIGNMENT */
export function requireStranger(officer: string, { shipment, custody, naming }: Involvement): void {
  const trade = shipment && [shipment.opener, ...Object.values(shipment.parties)];
  const involved =
    trade?.includes(officer) === true ||
    custody?.custodian === officer ||
    (naming !== undefined && !isCustoms(naming.role));
  if (!involved) return;
  const ucr = shipment?.ucr ?? '';
  throw new PassageError('OWN_CONSIGNMENT', `${officer} is a party to ${ucr}`, { ucr, officer });
}
