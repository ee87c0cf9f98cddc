import { describeVersion, type SourceDifference } from './source-difference.js';
import type { AuditDifference } from '../report.js';

/** The same as a difference of a replay: what the others have is held against what the first one has. */
export function asDifference({ block, transaction, versions }: SourceDifference): AuditDifference {
  const [first = { sources: [], has: 'nothing' }, ...others] = versions;
  const signedBy = others.flatMap((version) => version.signedBy ?? []);
  return {
    block,
    ...(transaction !== undefined && { transaction }),
    check: 'sources',
    expected: describeVersion(first),
    found: others.map(describeVersion).join('; '),
    ...(signedBy.length > 0 && { signedBy: [...new Set(signedBy)] }),
  };
}
