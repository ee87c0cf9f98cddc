import type { Operation } from '../operation.js';
import { consolidateHouses } from './consolidate-houses.js';
import { deconsolidateHouses } from './deconsolidate-houses.js';
import { openMaster } from './open-master.js';

/** Master consignments, and the house consignments that go under them and come out. */
export const consolidationCommands: readonly Operation[] = [
  openMaster,
  consolidateHouses,
  deconsolidateHouses,
];
