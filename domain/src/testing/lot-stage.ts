import type { JsonObject } from '../json/value.js';
import { partyCaller, shipmentInput } from './cast.js';
import { TestWorld } from './test-world.js';

export const kilos = { uom: 'KGM', decimals: 3 };

/** The goods of every lot, as the test shipment has them. */
export const goods = { hs: '847130', hsEdition: '2017' };

/** The shares of a lot that is of one origin. */
export const vietnam = [{ origin: 'VN', quantity: 1000 }];

/** The input that registers a lot of the seller; `changes` replace members of it. */
export function lot(number: string, changes: JsonObject = {}): JsonObject {
  const id = `SELLER1:${number}`;
  return { requestId: `lot-${number}`, lot: id, ...goods, unit: kilos, shares: vietnam, ...changes };
}

/** A world in which the seller of the test shipment has two lots. */
export function withLots(): TestWorld {
  const world = TestWorld.started();
  const seller = partyCaller('SELLER1');
  world.play(partyCaller('IMPORTER1'), 'OpenShipment', shipmentInput());
  world.play(seller, 'RegisterLot', lot('A'));
  world.play(seller, 'RegisterLot', lot('B', { shares: [{ origin: 'CN', quantity: 500 }] }));
  return world;
}

/** The whole of one lot and a part of the other go into a third. */
export const fromB = { lot: 'SELLER1:B', quantity: 500 };
export const fromA = { lot: 'SELLER1:A', quantity: 250 };
export const toC = { lot: 'SELLER1:C', ...goods, unit: kilos, quantity: 600 };
export const blend = {
  requestId: 't1',
  transformation: 'SELLER1:T1',
  measure: 'KGM',
  inputs: [fromB, fromA],
  outputs: [toC],
};
