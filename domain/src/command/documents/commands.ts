import type { Operation } from '../operation.js';
import { anchorDocument } from './anchor-document.js';
import { reviseDocument } from './revise-document.js';
import { withdrawDocument } from './withdraw-document.js';

/** Documents that are anchored by their hash. */
export const documentCommands: readonly Operation[] = [anchorDocument, reviseDocument, withdrawDocument];
