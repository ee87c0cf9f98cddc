import type { Operation } from '../operation.js';
import { checkSeal } from './check-seal.js';
import { openSeal, removeSeal } from './end-seal.js';
import { fitSeal } from './fit-seal.js';
import { replaceSeal } from './replace-seal.js';

/** Seals from fitting to removal. */
export const sealCommands: readonly Operation[] = [fitSeal, checkSeal, openSeal, removeSeal, replaceSeal];
