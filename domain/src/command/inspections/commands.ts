import type { Operation } from '../operation.js';
import { anchorImage } from './anchor-image.js';
import { answerInspection } from './answer-inspection.js';
import { chooseUnits } from './choose-units.js';
import { disposeInspection } from './dispose-inspection.js';
import { judgeInspection, reviewInspection } from './judge-inspection.js';
import { orderInspection } from './order-inspection.js';
import { recordReading } from './record-reading.js';

/** From the order to look at goods to what becomes of them. */
export const inspectionCommands: readonly Operation[] = [
  orderInspection,
  answerInspection,
  chooseUnits,
  anchorImage,
  recordReading,
  judgeInspection,
  reviewInspection,
  disposeInspection,
];
