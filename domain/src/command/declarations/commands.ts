import type { Operation } from '../operation.js';
import { acceptDeclaration } from './accept-declaration.js';
import { amendDeclaration } from './amend-declaration.js';
import { lodgeDeclaration } from './lodge-declaration.js';
import { withdrawDeclaration } from './withdraw-declaration.js';

/** A declaration from lodging to acceptance. */
export const declarationCommands: readonly Operation[] = [
  lodgeDeclaration,
  amendDeclaration,
  withdrawDeclaration,
  acceptDeclaration,
];
