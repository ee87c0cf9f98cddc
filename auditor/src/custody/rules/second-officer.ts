import { unless } from '../custody-rule.js';
import type { Decision, Finding } from '@passage/domain';
import type { Looked } from '../custody-rule.js';

/**
 * Goods of which an inspection did not conform are released by two officers.
 *
 * @param what is released.
 * @param proposed what another officer proposed before.
 */
export function lookForSecond(
  what: string,
  finding: Finding | undefined,
  release: Decision,
  proposed: Decision | undefined,
): Looked {
  if (finding?.result !== 'non_conforming') return undefined;
  const two = proposed !== undefined && proposed.by !== release.by && release.proposedBy === proposed.by;
  return unless(two, `two officers release ${what}: its inspection did not conform`, `${release.by} alone`);
}
