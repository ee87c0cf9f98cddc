import type { Operation } from '../operation.js';
import { discloseOpening } from './disclose-opening.js';
import { keepOpenings } from './keep-openings.js';
import { purgeOpening } from './purge-opening.js';

/** Openings of commitments, in private collections. */
export const openingCommands: readonly Operation[] = [keepOpenings, discloseOpening, purgeOpening];
