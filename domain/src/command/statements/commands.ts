import type { Operation } from '../operation.js';
import { fileEquivocation } from './file-equivocation.js';
import { fileLateEvidence } from './file-late-evidence.js';
import { recordStatements } from './record-statements.js';

/** What devices signed. */
export const statementCommands: readonly Operation[] = [recordStatements, fileLateEvidence, fileEquivocation];
