import type { Operation } from '../operation.js';
import { mergeShipments } from './merge-shipments.js';
import { nameParty } from './name-party.js';
import { openShipment } from './open-shipment.js';
import { splitShipment } from './split-shipment.js';

/** Opening a shipment, splitting and merging, and naming its parties. */
export const shipmentCommands: readonly Operation[] = [
  openShipment,
  splitShipment,
  mergeShipments,
  nameParty,
];
