import { keys } from '@passage/domain';
import type { Told } from '@passage/evidence/testing';
import { change, classified, importer, opens, seller, told, ucr, unit } from './story.js';
import type { Lying } from './story.js';
import type { Lie } from './lie.js';

const lot = 'SELLER1:L';

const hasLot = told(seller, 'RegisterLot', {
  lot,
  ...classified,
  unit,
  shares: [{ origin: 'VN', quantity: 100 }],
});
const ships = (lying?: Lying): Told => told(seller, 'ShipLot', { lot, ucr, quantity: 10 }, lying);

export const quantities: readonly Lie[] = [
  {
    what: 'more comes out of a split than went in',
    story: () => {
      const into = [4, 5].map((quantity, part) => ({
        ucr: `${ucr}-${String(part)}`,
        lines: [{ line: 0, quantity }],
      }));
      const forge = change(keys.shipment(`${ucr}-1`), { goods: [{ ...classified, quantity: 50, unit }] });
      return [opens(), told(importer, 'SplitShipment', { ucr, into }, { forge })];
    },
    check: 'quantities',
    expected: /"quantity":9/,
    found: /"quantity":54/,
  },
  {
    what: 'goods leave a lot that does not get less',
    story: () => [
      opens(),
      hasLot,
      ships({
        forge: change(keys.lot(lot), {
          remaining: 100,
          shares: [{ origin: 'VN', quantity: 100, remaining: 100 }],
        }),
      }),
    ],
    check: 'quantities',
    expected: /loses what was used of it: VN 10/,
    found: /^nothing$/,
  },
];
