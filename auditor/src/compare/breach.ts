import { describeDifference } from '@passage/ledger';
import type { AuditDifference } from '../report.js';
import type { SourceDifference } from './source-difference.js';

/** A block that breaks a rule, though all of these sources have it. */
export function breach(difference: AuditDifference, sources: readonly string[]): SourceDifference {
  const { block, transaction, signedBy } = difference;
  const [, sentence = ''] = describeDifference(difference).split(/: (.*)/s);
  return {
    block,
    ...(transaction !== undefined && { transaction }),
    kind: 'rules',
    versions: [{ sources, has: `a block that breaks ${sentence}`, ...(signedBy && { signedBy }) }],
  };
}
