import type { Operation } from '../operation.js';
import { nameParty } from './name-party.js';
import { openShipment } from './open-shipment.js';

/** Opening a shipment and naming its parties. */
export const shipmentCommands: readonly Operation[] = [openShipment, nameParty];
