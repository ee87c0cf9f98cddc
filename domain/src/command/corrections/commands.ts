import type { Operation } from '../operation.js';
import { declareError } from './declare-error.js';

/** Corrections of what devices have told. */
export const correctionCommands: readonly Operation[] = [declareError];
