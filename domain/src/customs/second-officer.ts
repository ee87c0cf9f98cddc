import { PassageError } from '../errors/passage-error.js';
import type { Decision } from './decision.js';
import type { Finding } from './customs-record.js';

/** Goods of which an inspection did not conform are released by two officers: one proposes, another one carries it out. */
export function needsSecondOfficer(finding: Finding | undefined): boolean {
  return finding?.result === 'non_conforming';
}

/**
 * The release as it counts, or undefined where it is a proposal that waits for another officer.
 *
 * @param proposed the same release as another officer may have proposed it before.
 * @throws PassageError SECOND_OFFICER where the officer who proposed it asks again.
 */
export function seconded(
  release: Decision,
  finding: Finding | undefined,
  proposed: Decision | undefined,
): Decision | undefined {
  if (!needsSecondOfficer(finding)) return release;
  if (proposed === undefined) return undefined;
  if (proposed.by !== release.by) return { ...release, proposedBy: proposed.by };
  const message = 'The inspection did not conform: another officer has to carry the release out';
  throw new PassageError('SECOND_OFFICER', message, { proposedBy: proposed.by, proposedAt: proposed.at });
}
