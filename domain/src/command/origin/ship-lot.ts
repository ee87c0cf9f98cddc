import { quantity } from '../../origin/unit.js';
import { object } from '../../shape/composites.js';
import { requestId } from '../../shape/fields.js';
import { ownedId } from '../../shape/owned-id.js';
import { ucr } from '../../shipment/fields.js';
import { keys } from '../../state/keys.js';
import { partyCommand } from '../define.js';
import { shippedLot, shippingReads, shippingWrites } from './shipped-lot.js';

type ShipLotInput = {
  readonly requestId: string;
  readonly lot: string;
  readonly ucr: string;
  readonly quantity: number;
};

/** The holder sends goods of a lot with a consignment, under no certificate. */
export const shipLot = partyCommand<ShipLotInput>({
  name: 'ShipLot',
  writes: ['lot', 'drawdown'],
  input: object<ShipLotInput>({ requestId, lot: ownedId, ucr, quantity }, {}),
  reads: ({ lot, ucr }, who) => [keys.lot(lot), ...shippingReads(ucr, who)],
  decide({ lot, ucr, quantity }, actor, view, { timestamp }) {
    const shipped = shippedLot({ lot, ucr, quantity }, actor, view, timestamp);
    return { writes: shippingWrites(shipped), result: { lot, number: shipped.drawdown.number, ucr } };
  },
});
