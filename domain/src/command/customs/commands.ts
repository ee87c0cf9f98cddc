import type { Operation } from '../operation.js';
import { assessRisk } from './assess-risk.js';
import { detainGoods, placeHold } from './place-hold.js';
import { placeUnderProcedure } from './place-under-procedure.js';
import { releaseGoods } from './release-goods.js';
import { releaseHold } from './release-hold.js';

/** Holds, releases, and what customs thinks of a consignment. */
export const customsCommands: readonly Operation[] = [
  placeHold,
  detainGoods,
  releaseHold,
  releaseGoods,
  placeUnderProcedure,
  assessRisk,
];
