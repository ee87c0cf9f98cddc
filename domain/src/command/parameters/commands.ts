import type { Operation } from '../operation.js';
import { approveParameters } from './approve-parameters.js';
import { proposeParameters } from './propose-parameters.js';
import { rejectParameters } from './reject-parameters.js';
import { withdrawParameters } from './withdraw-parameters.js';

/** What the organisations agree on: proposed, approved, in force. */
export const parameterCommands: readonly Operation[] = [
  proposeParameters,
  approveParameters,
  rejectParameters,
  withdrawParameters,
];
