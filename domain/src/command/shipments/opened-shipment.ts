import type { CustomsRecord } from '../../customs/customs-record.js';
import { customsPolicy } from '../../customs/held-keys.js';
import type { ShipmentRecord } from '../../shipment/shipment-record.js';
import { entry, type StateEntry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';

/** What comes with a new consignment: its facts and its standing with customs under customs' key policy, and who has it. */
export function openedEntries(
  shipment: ShipmentRecord,
  customs: CustomsRecord,
  custodian: string,
): readonly StateEntry[] {
  const { ucr, openedAt: since } = shipment;
  const policy = customsPolicy(customs.customs);
  return [
    entry(keys.shipment(ucr), shipment, { policy }),
    entry(keys.customs(ucr), customs, { policy }),
    entry(keys.custody(ucr), { v: 1, ucr, custodian, since, handovers: 0 }),
  ];
}
