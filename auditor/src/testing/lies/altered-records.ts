/*
 * One record of each act that is written otherwise than the act has it. A test lists every act of the chaincode: one without a
 * forged chain has to be added here, or beside the other lies.
 */
import { altered, type Alteration } from './alteration.js';
import { alteredCustoms } from './altered-customs.js';
import { alteredGoods } from './altered-goods.js';
import { alteredDevices } from './altered-devices.js';
import { alteredRegistry } from './altered-registry.js';
import type { AlteredRecord } from './alteration.js';

const rows: readonly Alteration[] = [
  ...alteredRegistry,
  ...alteredDevices,
  ...alteredGoods,
  ...alteredCustoms,
];

export const alteredRecords: readonly AlteredRecord[] = rows.map(altered);
