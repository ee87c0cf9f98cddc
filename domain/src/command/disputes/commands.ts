import type { Operation } from '../operation.js';
import { answerDispute } from './answer-dispute.js';
import { raiseDispute } from './raise-dispute.js';
import { ruleOnDispute } from './rule-on-dispute.js';
import { withdrawDispute } from './withdraw-dispute.js';

/** A dispute from raising to ruling. */
export const disputeCommands: readonly Operation[] = [
  raiseDispute,
  answerDispute,
  ruleOnDispute,
  withdrawDispute,
];
