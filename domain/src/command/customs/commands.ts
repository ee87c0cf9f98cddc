import type { Operation } from '../operation.js';
import { detainGoods, placeHold } from './place-hold.js';
import { releaseGoods } from './release-goods.js';
import { releaseHold } from './release-hold.js';

/** Holds and releases. */
export const customsCommands: readonly Operation[] = [placeHold, detainGoods, releaseHold, releaseGoods];
